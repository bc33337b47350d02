//! The doors of the core (`core/doors`) for the JVM and Android. Internal: the public surface is the facade in `../kotlin`.
//!
//! `UniFFI`, which Swift's glue is made by, reaches the JVM through JNA, at ten to a hundred times the price of a call: dozens of
//! blocks of native memory that one thread frees. Its own generator for JNI is not released yet; when it is, it replaces these
//! two functions and the facade's `jni` package.

#![allow(
    unsafe_code,
    reason = "the JVM finds functions by their names, which must then be unique in the process"
)]

use enrollkit_doors::{Door, Entry, enter, release};
use jni::errors::Error;
use jni::objects::{JByteArray, JClass, JObject};
use jni::sys::{jint, jlong};
use jni::{Env, EnvUnowned, Outcome};
use zeroize::Zeroize;

/// `static native byte[] enter(int door, Object owner, long handle, long now, byte[] fields, byte[] body)`
///
/// The owner of the handle is here so that the JVM keeps it while the call runs: collected, it would close the handle.
/// Null comes back for what can't happen; where an exception of the JVM's is pending (no memory for the answer), it is thrown.
#[unsafe(no_mangle)]
pub extern "system" fn Java_org_enrollkit_jni_Native_enter<'local>(
    mut env: EnvUnowned<'local>,
    _class: JClass<'local>,
    door: jint,
    _owner: JObject<'local>,
    handle: jlong,
    now: jlong,
    fields: JByteArray<'local>,
    body: JByteArray<'local>,
) -> JByteArray<'local> {
    let outcome = env.with_env(|env| {
        let mut fields = env.convert_byte_array(&fields)?;
        let body = if body.is_null() { Vec::new() } else { env.convert_byte_array(&body)? };
        let answer = enter(door, &Entry { handle, now, fields: &fields, body: &body });
        if Door::of_number(door).is_some_and(Door::takes_secrets) {
            fields.zeroize();
        }
        given(env, &answer)
    });
    match outcome.into_outcome() {
        Outcome::Ok(array) => array,
        Outcome::Err(_) | Outcome::Panic(_) => JByteArray::null(),
    }
}

fn given<'local>(env: &mut Env<'local>, answer: &[u8]) -> Result<JByteArray<'local>, Error> {
    env.byte_array_from_slice(answer)
}

/// `static native void release(long handle)`
#[unsafe(no_mangle)]
pub extern "system" fn Java_org_enrollkit_jni_Native_release<'local>(
    _env: EnvUnowned<'local>,
    _class: JClass<'local>,
    handle: jlong,
) {
    // No unwinding into the JVM, whatever happens.
    let _ = std::panic::catch_unwind(|| release(handle));
}
