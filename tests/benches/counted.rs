//! Walks one path so many times: `counted PATH CALLS`. Without arguments it lists the paths. `cargo xtask costs` runs it under callgrind,
//! with two numbers of calls: what the second run has more is what the calls cost, and nothing of the start.

use enrollkit_benches::paths;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [name, calls] = args.as_slice() else {
        for path in paths() {
            println!("{}", path.name);
        }
        return;
    };
    let calls: u32 = calls.parse().expect("a number of calls");
    let mut path = paths().into_iter().find(|path| path.name == name).expect("one of the paths");
    (0..calls).for_each(|_| (path.work)());
}
