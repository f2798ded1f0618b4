//! The preview: after each save it has the pages that a build writes, it says so once, and it writes nothing.

mod editors;
mod http;
mod mistakes;
mod preview;
