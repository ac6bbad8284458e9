//! What the actions of a reader do to the state, without a browser.

use exchange_ports::catalog::{Procedure, Version, Vocabulary, Zone, flow, procedures};
use exchange_ports::firewall::{Place, Platform};
use exchange_ports::link::{Action, History, Page, State, print};
use exchange_ports::query::Facet;

const INTERNET: Place = Place::Zone(Zone::Internet);

fn open(fragment: &str) -> State {
    State::open(fragment, Vec::new(), None)
}

fn act(state: &State, actions: impl IntoIterator<Item = Action>) -> State {
    actions
        .into_iter()
        .fold(state.clone(), |state, action| state.reduce(action))
}

fn version(slug: &str) -> Action {
    let words = Facet::Version.words();
    Action::Toggle(
        Facet::Version,
        words.iter().position(|word| word.slug == slug).expect("a version"),
    )
}

fn service(id: &str) -> &'static Procedure {
    let found = procedures().iter().find(|procedure| procedure.id == id);
    found.expect("a service")
}

fn type_port(id: &str, text: &str) -> Action {
    Action::TypePort(service(id), text.to_owned())
}

fn port_drafts(state: &State) -> Vec<(&str, &str)> {
    let drafts = state.port_drafts.iter();
    drafts.map(|draft| (draft.procedure.id, draft.text.as_str())).collect()
}

fn type_at(place: Place, text: &str) -> Action {
    Action::TypeAddresses(place, text.to_owned())
}

#[test]
fn typing_replaces_the_address_and_everything_else_pushes_one() {
    let state = open("#/");
    assert_eq!(state.history, History::Keep);
    assert_eq!(state.reduce(Action::Search("owa".to_owned())).history, History::Replace);
    assert_eq!(state.reduce(version("2019")).history, History::Push);
    assert_eq!(state.reduce(type_at(INTERNET, "192.0.2.1")).history, History::Replace);
}

#[test]
fn choosing_a_value_twice_drops_it() {
    let state = act(&open("#/"), [version("2019"), version("se"), version("2019")]);
    assert_eq!(print(&state.view), "#/?version=se");
}

#[test]
fn clear_drops_filter_and_ticks_and_keeps_the_choices_for_rules() {
    let state = open("#/port/25?q=smtp&version=2019&flow=smtp-in&platform=nftables&addr.server-lan=10.0.0.1");
    assert_eq!(
        print(&state.reduce(Action::Clear).view),
        "#/?platform=nftables&addr.server-lan=10.0.0.1"
    );
}

#[test]
fn a_search_from_a_page_without_a_list_leads_to_the_list() {
    for page in ["#/about", "#/flow/smtp-in", "#/topology"] {
        let state = open(page).reduce(Action::Search("owa".to_owned()));
        assert_eq!(state.view.page, Page::List, "{page}");
    }
    let on_port = open("#/port/443").reduce(Action::Search("owa".to_owned()));
    assert_eq!(print(&on_port.view), "#/port/443?q=owa");
}

#[test]
fn a_search_that_leaves_a_page_pushes_an_address() {
    assert_eq!(
        open("#/flow/smtp-in").reduce(Action::Search("owa".to_owned())).history,
        History::Push
    );
}

#[test]
fn another_page_keeps_filter_and_choices() {
    let smtp = flow("smtp-in").expect("a flow");
    let state = open("#/?version=2019&platform=nftables&addr.server-lan=10.0.0.1").reduce(Action::Go(Page::Flow(smtp)));
    let expected = "#/flow/smtp-in?version=2019&platform=nftables&addr.server-lan=10.0.0.1";
    assert_eq!(print(&state.view), expected);
}

#[test]
fn notices_go_with_the_address_that_they_were_about() {
    assert!(open("#/?colour=blue").reduce(version("2019")).notices.is_empty());
    assert_eq!(
        open("#/?colour=blue")
            .reduce(Action::Search("owa".to_owned()))
            .notices
            .len(),
        1
    );
}

#[test]
fn the_last_platform_counts_where_the_address_is_silent() {
    let platform = Platform::find("nftables").expect("a platform");
    let state = act(
        &open("#/"),
        [Action::ChoosePlatform(platform), Action::Read("#/".to_owned())],
    );
    assert_eq!(state.view.options.platform, None);
    assert_eq!(state.platform(), Some(platform));
}

#[test]
fn ticks_hide_nothing() {
    let smtp = flow("smtp-in").expect("a flow");
    let state = open("#/?version=2019").reduce(Action::Tick(smtp));
    assert_eq!(state.view.flows().len(), open("#/?version=2019").view.flows().len());
    assert_eq!(state.policy(&state.view.flows()).flows, [smtp]);
    assert_eq!(print(&state.reduce(Action::Tick(smtp)).view), "#/?version=2019");
}

#[test]
fn rules_follow_the_ticked_flows_that_still_match() {
    let state = open("#/?flow=smtp-in,smtp-vs-in&version=2019");
    let flows = state.policy(&state.view.flows()).flows;
    assert_eq!(flows.iter().map(|flow| flow.id).collect::<Vec<_>>(), ["smtp-in"]);
}

#[test]
fn a_bad_address_stays_a_draft_through_other_actions_and_pages() {
    let state = act(&open("#/"), [type_at(INTERNET, "192.0.2."), version("2019")]);
    let state = state
        .reduce(Action::Read("#/about".to_owned()))
        .reduce(Action::Read("#/?version=2019".to_owned()));
    assert_eq!(state.drafts.len(), 1);
    assert_eq!(state.drafts[0].text, "192.0.2.");
    assert!(state.refused().contains(&INTERNET));
    let corrected = state.reduce(type_at(INTERNET, "192.0.2.1"));
    assert!(corrected.drafts.is_empty() && corrected.refused().is_empty());
}

#[test]
fn what_only_an_address_brought_goes_with_the_address() {
    let state = open("#/?addr.internet=nonsense");
    assert!(state.refused().contains(&INTERNET));
    let elsewhere = state.reduce(Action::Read("#/".to_owned()));
    assert!(elsewhere.drafts.is_empty(), "{:?}", elsewhere.drafts);
}

#[test]
fn a_refused_address_of_a_link_stays_refused_once_the_reader_works_on() {
    let state = act(
        &open("#/?addr.internet=nonsense"),
        [version("2019"), Action::Read("#/?version=2019".to_owned())],
    );
    assert!(state.refused().contains(&INTERNET));
}

#[test]
fn a_half_good_field_keeps_its_text_and_uses_the_good_half() {
    let state = open("#/").reduce(type_at(INTERNET, "192.0.2.1, foo"));
    assert_eq!(print(&state.view), "#/?addr.internet=192.0.2.1");
    assert_eq!(state.drafts[0].text, "192.0.2.1, foo");
    let reloaded = State::open("#/?addr.internet=192.0.2.1", state.drafts, None);
    assert_eq!(reloaded.drafts[0].text, "192.0.2.1, foo");
}

#[test]
fn notices_close_and_the_view_stays() {
    let state = open("#/?version=2019&colour=blue");
    assert_eq!(state.notices.len(), 1);
    let closed = state.reduce(Action::CloseNotices);
    assert!(closed.notices.is_empty());
    assert_eq!(closed.view, state.view);
}

#[test]
fn a_platform_stands_in_the_address() {
    let platform = Platform::find("NFTABLES").expect("a platform");
    assert_eq!(
        print(&open("#/").reduce(Action::ChoosePlatform(platform)).view),
        "#/?platform=nftables"
    );
}

#[test]
fn no_zone_and_role_share_a_slug() {
    use exchange_ports::catalog::Role;
    assert!(
        Zone::WORDS
            .iter()
            .all(|zone| Role::WORDS.iter().all(|role| role.slug != zone.slug))
    );
}

#[test]
fn a_typed_port_stands_in_the_address_and_what_is_none_in_its_field() {
    let state = open("#/static-ports?version=2010");
    let state = state.reduce(type_port("ex2010-rca-cas", " 59532 "));
    assert_eq!(
        print(&state.view),
        "#/static-ports?version=2010&pin.ex2010-rca-cas=59532"
    );
    assert_eq!((state.history, port_drafts(&state)), (History::Replace, vec![]));
    let state = state.reduce(type_port("ex2010-rca-cas", "5953x"));
    assert_eq!(print(&state.view), "#/static-ports?version=2010");
    assert_eq!(port_drafts(&state), [("ex2010-rca-cas", "5953x")]);
    let state = state.reduce(type_port("ex2010-rca-cas", "5953"));
    assert_eq!(
        print(&state.view),
        "#/static-ports?version=2010&pin.ex2010-rca-cas=5953"
    );
    assert_eq!(port_drafts(&state), []);
}

#[test]
fn typing_the_same_port_again_or_another_mistake_leaves_the_address_alone() {
    let state = open("#/static-ports?version=2010&pin.ex2010-rca-cas=59532");
    assert_eq!(
        state.reduce(type_port("ex2010-rca-cas", "59532")).history,
        History::Keep
    );
    let wrong = state.reduce(type_port("ex2010-rca-cas", ""));
    assert_eq!(wrong.history, History::Replace);
    assert_eq!(wrong.reduce(type_port("ex2010-rca-cas", "x")).history, History::Keep);
}

#[test]
fn a_service_that_is_no_longer_chosen_loses_its_port_and_its_text() {
    let state = open("#/static-ports?version=2010&pin.ex2010-rca-cas=59532&pin.ex2010-ab-sp1=59533");
    let state = act(
        &state,
        [type_port("ex2010-ab-sp1", "x"), Action::Unpin(service("ex2010-ab-sp1"))],
    );
    assert_eq!(
        print(&state.view),
        "#/static-ports?version=2010&pin.ex2010-rca-cas=59532"
    );
    assert_eq!((state.history, port_drafts(&state)), (History::Push, vec![]));
}

#[test]
fn planning_for_a_version_drops_all_others_and_keeps_the_ports() {
    let state = open("#/static-ports?version=2003,2010&pin.ex2010-rca-cas=59532");
    let state = state.reduce(Action::PlanFor(Version::Exchange2007));
    assert_eq!(
        print(&state.view),
        "#/static-ports?version=2007&pin.ex2010-rca-cas=59532"
    );
}

#[test]
fn a_mistyped_port_outlives_back_and_forth_until_the_address_has_one() {
    let state = open("#/static-ports?version=2010").reduce(type_port("ex2010-rca-cas", "x"));
    let read = |state: &State, address: &str| state.reduce(Action::Read(address.to_owned()));
    assert_eq!(port_drafts(&read(&state, "#/about")), [("ex2010-rca-cas", "x")]);
    let given = read(&state, "#/static-ports?pin.ex2010-rca-cas=59532");
    assert_eq!(port_drafts(&given), []);
    let linked = open("#/static-ports?pin.ex2010-rca-cas=70000");
    assert_eq!(port_drafts(&linked), [("ex2010-rca-cas", "70000")]);
    assert_eq!(port_drafts(&read(&linked, "#/")), []);
}
