// Its functions are internal: Java does not see them.
@file:JvmSynthetic

package org.enrollkit

import java.time.Instant

/** Whole milliseconds; what no timestamp can hold is for the core to refuse. */
internal fun millisOf(time: Instant): Long =
    try {
        time.toEpochMilli()
    } catch (_: ArithmeticException) {
        if (time.epochSecond < 0) Long.MIN_VALUE else Long.MAX_VALUE
    }
