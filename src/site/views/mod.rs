//! What templates get to see: flat, borrowed structs, one for each kind of page. Never the model, and never the whole
//! directory on one page. Every key is always there, for an undefined one is an error in a template.

mod association;
mod authority;
mod chain;
mod contact;
mod data;
mod globals;
mod history;
mod home;
mod key;
mod keys;
mod life;
mod list;
mod lookup;
mod map;
mod maturity;
mod meeting;
mod model;
mod parts;
mod reachability;
mod row;
mod sealed;
mod search;
mod series;
mod stairs;
mod statistics;
mod team;
mod ties;
mod vouching;

pub(super) use association::AssociationView;
pub(super) use authority::{AuthoritiesView, AuthorityView, page_of};
pub(super) use contact::mailto;
pub(super) use data::DataView;
pub use globals::Globals;
pub(super) use globals::is_reserved;
pub(super) use home::HomeView;
pub(super) use key::warnings;
pub(super) use keys::KeysView;
pub(super) use list::{ContactsView, ExpiringView, IndexView, TeamsView};
pub(super) use lookup::LookupView;
pub(super) use meeting::{MeetingView, MeetingsView};
use parts::StatusView;
pub(super) use parts::then;
use row::{ChangeRow, DueRow, ReachRow, Row};
pub(super) use sealed::SealedView;
use search::SearchView;
pub(super) use series::SeriesView;
pub(super) use statistics::StatisticsView;
pub(super) use team::TeamView;
pub(super) use ties::page_of as association_page;

use serde::Serialize;

/// A page: what each has, and what its kind has besides.
#[derive(Serialize)]
pub(super) struct Page<'v, V> {
    /// What leads from the page to the root of the site, where files stand.
    pub(super) root: &'v str,
    /// What leads from the page to the root of the pages in its language.
    pub(super) tree: &'v str,
    /// Where it stands in the site.
    pub(super) path: &'v str,
    /// Where it stands among the pages in its language.
    pub(super) page: &'v str,
    /// Its title, without that of the site.
    pub(super) title: &'v str,
    /// One sentence for those who have only found it.
    pub(super) description: &'v str,
    /// Which entry of the menu it belongs to.
    pub(super) section: &'v str,
    /// What its kind has besides.
    pub(super) view: V,
}

/// A page of the operator's own.
#[derive(Serialize)]
pub(super) struct OwnPage {
    /// HTML.
    pub(super) body: String,
    /// In which language it is written (BCP 47).
    pub(super) language: &'static str,
}

/// A page that says all it has to say in its template.
#[derive(Serialize)]
pub(super) struct Plain {}
