//! The versions of SIM3, which every template knows: a page names one, and has the scores alone.

use crate::model::{Parameter, Sim3};
use crate::site::charts::Frame;
use serde::Serialize;
use std::collections::BTreeMap;

/// Every version, by its id.
pub(super) fn models() -> BTreeMap<&'static str, ModelView> {
    Sim3::all().map(|model| (model.id(), ModelView::new(model))).collect()
}

/// A version.
#[derive(Serialize)]
pub(super) struct ModelView {
    categories: Vec<CategoryView>,
    /// What all its radars have in common.
    radar: Frame,
}

#[derive(Serialize)]
struct CategoryView {
    name: &'static str,
    parameters: Vec<ParameterName>,
}

impl ModelView {
    fn new(model: Sim3) -> Self {
        let categories = model.categories().iter().map(|category| CategoryView {
            name: &category.name,
            parameters: category.parameters().map(|parameter| ParameterName::new(parameter, model)).collect(),
        });
        Self { categories: categories.collect(), radar: Frame::new(model) }
    }
}

/// Which version it is.
#[derive(Serialize)]
pub(super) struct ModelName {
    id: &'static str,
    title: &'static str,
}

impl ModelName {
    pub(super) fn new(model: Sim3) -> Self {
        Self { id: model.id(), title: model.title() }
    }
}

/// A parameter for people.
#[derive(Serialize)]
pub(super) struct ParameterName {
    id: String,
    name: &'static str,
    /// Whether its wording was compared with a source.
    pub(super) verified: bool,
}

impl ParameterName {
    pub(super) fn new(parameter: Parameter, model: Sim3) -> Self {
        Self {
            id: parameter.to_string(),
            name: model.name_of(parameter).map_or("", |named| named.name.as_str()),
            verified: model.is_verified(parameter),
        }
    }
}
