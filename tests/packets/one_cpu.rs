//! Packets overtake each other only between processors: those that one thread sends from one processor arrive in
//! the order in which they were sent, through any number of virtual links.

use std::sync::atomic::{AtomicUsize, Ordering};

use nix::sched::{CpuSet, sched_getaffinity, sched_setaffinity};
use nix::unistd::Pid;

static THREADS: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    static IS_BOUND: () = bind(THREADS.fetch_add(1, Ordering::Relaxed));
}

/// Keeps this thread on one processor, each thread on the next.
pub fn stay() {
    IS_BOUND.with(|()| {});
}

fn bind(thread: usize) {
    let this_thread = Pid::from_raw(0);
    let allowed = sched_getaffinity(this_thread).expect("a thread knows its processors");
    let processors: Vec<usize> = (0..CpuSet::count())
        .filter(|&number| allowed.is_set(number).unwrap_or(false))
        .collect();
    let mut one = CpuSet::new();
    one.set(processors[thread % processors.len()])
        .expect("it is a processor");
    sched_setaffinity(this_thread, &one).expect("a thread may stay on one of its processors");
}
