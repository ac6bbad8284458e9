//! What is on the screen. While somebody types, only what is looked at keeps up; the rest follows.

use std::rc::Rc;

use crate::catalog::Flow;
use crate::link::{Action, State};

/// How many rows keep up with the keys.
pub const FIRST_ROWS: usize = 30;

/// A state and the flows that it shows.
#[derive(Clone, PartialEq)]
pub struct Shown {
    /// The state.
    pub state: Rc<State>,
    /// The flows that match, in the order in which they are shown.
    pub flows: Rc<Vec<&'static Flow>>,
}

/// What the screen shows at once, and what its slower parts show.
pub struct Screen {
    /// Box, count and first rows.
    pub now: Shown,
    /// Everything else: the same, or what was there before somebody began to type.
    pub settled: Shown,
}

/// What happens to the screen.
pub enum Step {
    /// The reader does something.
    Act(Action),
    /// Nobody typed for a moment.
    Settle,
}

impl Shown {
    fn new(state: Rc<State>) -> Self {
        let flows = Rc::new(state.view.flows());
        Self { state, flows }
    }
}

impl Screen {
    /// The screen that begins with a state.
    pub fn open(state: Rc<State>) -> Self {
        let now = Shown::new(state);
        Self {
            settled: now.clone(),
            now,
        }
    }

    /// Whether the slower parts show the same as the others.
    pub fn is_settled(&self) -> bool {
        Rc::ptr_eq(&self.now.state, &self.settled.state)
    }

    /// The screen after a step.
    pub fn after(&self, step: Step) -> Self {
        match step {
            Step::Act(action) => {
                let is_typing = matches!(action, Action::Search(_));
                let next = self.now.state.reduce(action);
                // Words that lead to another page change the whole screen.
                let waits = is_typing && next.view.page == self.settled.state.view.page;
                let now = Shown::new(Rc::new(next));
                let settled = if waits { self.settled.clone() } else { now.clone() };
                Self { now, settled }
            }
            Step::Settle => Self {
                now: self.now.clone(),
                settled: self.now.clone(),
            },
        }
    }
}
