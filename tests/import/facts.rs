//! What arrives, and what is noted.

use super::{CSV, TI_JSON, loaded, notes, team};
use peerage::import;
use peerage::model::Timezone;

fn texts<T: ToString>(values: &[T]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
}

#[test]
fn every_fact_of_ti_json_arrives() {
    let directory = loaded(&import::ti_json(TI_JSON));
    let alpha = team(&directory, "cert-alpha");
    assert_eq!(alpha.name.as_str(), "CERT Alpha");
    assert_eq!(alpha.official_name.as_ref().map(ToString::to_string).as_deref(), Some("Computer Emergency Response Team Alpha"));
    assert_eq!(alpha.host.as_ref().unwrap().as_str(), "Alpha Research Network, the network: of #1 schools");
    assert_eq!(alpha.country.code(), "AT");
    assert_eq!(alpha.established.unwrap().to_string(), "2004-03-01");
    assert_eq!(alpha.types.iter().map(|kind| kind.as_str()).collect::<Vec<_>>(), ["academic", "ciip"]);
    assert_eq!(
        alpha.contact.address.as_ref().unwrap().as_str(),
        "Alpha Research Network\nLindenhofgasse 14\n9999 Alphastadt\nAustria"
    );
    assert_eq!(alpha.contact.hours.as_ref().unwrap().as_str(), "09:00");
    assert_eq!(alpha.contact.timezone.unwrap().name(), "Europe/Vienna");
    assert_eq!(alpha.contact.emails[0].address.as_str(), "CERT_Team@alpha.example");
    assert_eq!(texts(&alpha.contact.emails[0].usage), ["contact", "abuse"]);
    let phones: Vec<_> = alpha
        .contact
        .phones
        .iter()
        .map(|phone| (phone.number.as_str(), texts(&phone.usage).join(" "), phone.timezone.map(Timezone::name)))
        .collect();
    assert_eq!(
        phones,
        [
            ("+1 202 555 0100", "voice".to_owned(), None),
            ("+12025550199", "voice emergency".to_owned(), Some("Europe/London")),
            ("+1 202 555 0101", "fax".to_owned(), None)
        ]
    );
    assert_eq!(alpha.contact.phones[2].comment.as_ref().unwrap().as_str(), "This is not a secure fax");
}

#[test]
fn claims_keys_and_level_arrive() {
    let directory = loaded(&import::ti_json(TI_JSON));
    let alpha = team(&directory, "cert-alpha");
    let claims = &alpha.constituency;
    let domains: Vec<_> = claims.domains.iter().map(|domain| domain.value.to_string()).collect();
    assert_eq!(domains, ["*.alpha.example", "xn--bcher-kva.example"]);
    assert_eq!(claims.asns.iter().map(|asn| asn.number()).collect::<Vec<_>>(), [64_496, 65_536]);
    let networks: Vec<_> = claims.networks.iter().map(|network| network.value.to_string()).collect();
    assert_eq!(networks, ["192.0.2.0/26", "2001:db8:100::/40"]);
    assert_eq!(texts(&claims.countries), ["AT", "GB"]);
    let keys: Vec<_> =
        alpha.keys.iter().map(|key| (key.fingerprint.to_string(), key.expires.map(|date| date.value.to_string()))).collect();
    assert_eq!(keys[0], ("45EC D318 2807 7DA7 A898 FDA0 87F4 A698 070E 6295".to_owned(), Some("2028-03-01".to_owned())));
    assert_eq!(keys[1], ("8D02 91BB CA8B 1708 4954 6594 F217 0B40 AA12 21A0".to_owned(), None));
    let entry = &alpha.history[0];
    assert_eq!(
        format!("{:?} {} {:?}", entry.event, entry.since.value, entry.until.unwrap().value),
        "Level(Certified) 2019-05-14 Unknown"
    );
    let misp = alpha.misp.as_ref().unwrap();
    assert_eq!(misp.org_uuid.as_str(), "cf9d376c-cb74-4bdd-88fd-a5a9b13d8468");
    assert_eq!(misp.org_name.as_ref().unwrap().as_str(), "CERT-ALPHA");
    assert_eq!(misp.org_email.as_ref().unwrap().as_str(), "misp@alpha.example");
    let norway = team(&directory, "no");
    assert_eq!((norway.name.as_str(), norway.country.code()), ("NO", "NO"));
    assert!(norway.history[0].until.is_none() && norway.host.is_none() && norway.contact.emails.is_empty());
    let second = team(&directory, "cert-alpha-2");
    assert_eq!((second.official_name.as_ref().unwrap().as_str(), second.country.code()), ("1.10", "XK"));
}

#[test]
fn whatever_is_lost_has_a_note() {
    let imported = import::ti_json(TI_JSON);
    let notes = notes(&imported);
    for expected in [
        "CERT Alpha: /2: another team of this import has the id `cert-alpha`; this one is `cert-alpha-2`",
        "Beta: /3/host_organisation: `Beta[U+000A]GmbH`: left out, for the text has several lines",
        "Beta: /3/classification/code: `s`: left out, for this level is not known",
        "Beta: /3/constituency/types/0: `Energy`: the constituency type is not among ours, so `energy` was written",
        "Beta: /3/constituency/types/1: `energy`: this stands twice",
        "Beta: /3/constituency/types/2: `42`: left out, for no constituency type can be named so",
        "Beta: /3/constituency/asns/1: `AS64497`: this stands twice",
        "Beta: /3/constituency/asns/2: left out, for `64500-64510` is not an autonomous system number",
        "Beta: /3/constituency/asns/3: left out, for `1.5` is not",
        "Beta: /3/constituency/asns/4: `null`: left out, for nothing stands here",
        "Beta: /3/constituency/domains/1: `beta.example`: this stands twice",
        "Beta: /3/constituency/domains/2: left out, for `x.*` is not a domain name",
        "Beta: /3/constituency/ipranges/0: left out, for `198.51.100.7/24` is not a network; the bits behind the prefix are not zero: write 198.51.100.0/24",
        "Beta: /3/constituency/countries/0/code: left out, for `150` is not a country code",
        "Beta: /3/business_hours_timezone: left out, for `CEST` is not a time zone",
        "Beta: /3/pgp_keys/0/fingerprint: left out, for `CA51953660F3B29B` is not a fingerprint; this is a short key id",
        "Beta: /3/pgp_keys/1: left out, for it has no `fingerprint`",
        "Beta: /3/phones/0/number: left out, for `+1 202 555 0100 ext. 7`",
        "Beta: /3/phones/1/usage/0: left out, for `mobile` is not",
        "Beta: /3/phones/1/usage: no use is known, so `voice` was written",
        "Beta: /3/emails/0/address: left out, for `Beta <cert@beta.example>`",
        "Beta: /3/emails/1/usage: no use is known, so `general` was written",
        "Beta: /3/misp: left out, for it has no `org_uuid`",
        "Gamma: /4/country/code: left out, for `FR. - CA. - SG` is not a country code",
        "Gamma: /4: the team was not imported, for it has no usable `short_name` or no usable `country.code`",
        "a[U+0000]b: /5/short_name: `a[U+0000]b`: left out, for the text holds the invisible character U+0000",
        "Gamma: /4/classification/code: left out, for no level is stated",
        "../Delta: /6/established: `2020-01-01`: left out, for it lies after 2019-12-31, the day of the team's level",
        "the file: `country.region`: the field stands in the input 1 time, and was left out",
        "the file: `logo`: the field stands in the input 2 times, and was left out",
    ] {
        assert!(notes.contains(expected), "{expected}\nin\n{notes}");
    }
    assert_eq!(imported.refused, 2);
    let ids: Vec<_> = imported.entries.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids, ["cert-alpha", "no", "cert-alpha-2", "beta", "delta"]);
    loaded(&imported);
}

#[test]
fn a_country_without_a_code_is_known_by_its_name() {
    let countries =
        r#"[{"name": "Austria"}, {"code": "", "name": "Ruritania"}, {}, {"code": null, "name": "france"}, {"code": "DE"}]"#;
    let text =
        format!(r#"[{{"short_name": "Alpha", "country": {{"code": "AT"}}, "constituency": {{"countries": {countries}}}}}]"#);
    let imported = import::ti_json(&text);
    assert_eq!(texts(&loaded(&imported).teams[0].constituency.countries), ["AT", "FR", "DE"]);
    let notes = notes(&imported);
    for expected in [
        "Alpha: /0/constituency/countries/1/name: left out, for `Ruritania` is not a country",
        "Alpha: /0/constituency/countries/2: left out, for it has neither `code` nor `name`",
    ] {
        assert!(notes.contains(expected), "{expected}\nin\n{notes}");
    }
    assert_eq!(imported.notes.len(), 2, "{notes}");
}

#[test]
fn an_entry_reads_as_if_typed() {
    let imported = import::ti_json(TI_JSON);
    let expected = include_str!("../data/import/cert-alpha.yaml");
    assert_eq!(imported.entries[0].text, expected);
}

#[test]
fn every_column_of_a_table_arrives() {
    let imported = import::csv(CSV);
    let directory = loaded(&imported);
    let alpha = team(&directory, "cert-alpha");
    assert_eq!(alpha.official_name.as_ref().unwrap().as_str(), "Computer Emergency; Response \"Team\" Alpha");
    assert_eq!(alpha.host.as_ref().unwrap().as_str(), "Alpha Research Network");
    assert_eq!(alpha.website.as_ref().unwrap().as_str(), "https://cert.alpha.example/");
    assert_eq!(alpha.rfc2350.as_ref().unwrap().as_str(), "https://cert.alpha.example/rfc2350.txt");
    assert_eq!(alpha.established.unwrap().to_string(), "2004-03-01");
    let emails: Vec<_> = alpha.contact.emails.iter().map(|email| email.address.as_str()).collect();
    assert_eq!(emails, ["cert@alpha.example", "abuse@alpha.example"]);
    let phones: Vec<_> = alpha.contact.phones.iter().map(|phone| phone.number.as_str()).collect();
    assert_eq!(phones, ["+1 202 555 0100", "+1 202 555 0199"]);
    assert_eq!(alpha.constituency.asns.iter().map(|asn| asn.number()).collect::<Vec<_>>(), [64_496, 64_497]);
    let domains: Vec<_> = alpha.constituency.domains.iter().map(|domain| domain.value.to_string()).collect();
    assert_eq!(domains, ["*.alpha.example", "xn--bcher-kva.example"]);
    assert_eq!(alpha.constituency.networks.len(), 2);
    assert_eq!(alpha.types.iter().map(|kind| kind.as_str()).collect::<Vec<_>>(), ["national", "academic"]);
    assert!(alpha.history.is_empty());
    assert_eq!(team(&directory, "no").country.code(), "NO");
    assert_eq!(team(&directory, "epsilon").name.as_str(), "=Epsilon");
    assert!(imported.entries[0].text.starts_with("# Imported from a CSV table, line 3.\n"));
}

#[test]
fn whatever_a_table_loses_has_a_note() {
    let imported = import::csv(CSV);
    let notes = notes(&imported);
    for expected in [
        "line 1, column 15 (Colour): the column is not read",
        "Beta[U+000A]CERT: line 6, column 3 (Team Name): `Beta[U+000A]CERT`: left out, for the text has several lines",
        "Gamma: line 8, column 1 (country_code): left out, for `Ruritania` is not a country code",
        "Gamma: line 8, column 7 (E-Mail): left out, for `gamma` is not an e-mail address",
        "Gamma: line 8: the team was not imported",
        "Delta: line 9: the team was not imported, for the row has 4 fields and the header 15",
        "=Epsilon: line 10, column 6 (WWW): left out, for `www.epsilon.example` is not a link",
        "=Epsilon: line 10, column 8 (Telephone): left out",
        "=Epsilon: line 10, column 9 (Date of Establishment): left out, for `2004` is not a date",
        "=Epsilon: line 10, column 10 (ASNs): left out, for `AS0`",
        "=Epsilon: line 10, column 12 (Networks): left out, for `192.0.2.1/24`",
        "=Epsilon: line 10, column 13 (RFC2350): left out, for `ftp://x.example/`",
        "=Epsilon: line 10, column 14 (Type of Constituency): `Energy`: the constituency type is not among ours",
    ] {
        assert!(notes.contains(expected), "{expected}\nin\n{notes}");
    }
    assert!(!notes.contains("(Country)"), "{notes}");
    assert_eq!((imported.entries.len(), imported.refused), (3, 3), "{notes}");
}

/// A number without its end is a number too, and rings elsewhere.
#[test]
fn a_number_is_not_cut_where_a_hyphen_stands_in_it() {
    let note = "left out, for it cannot be told whether ` - ` divides numbers or stands within one";
    for (cell, expected) in [
        ("+1 202 555 - 0100", &[][..]),
        ("+1 202 555 0100 - +1 202 555 - 0199", &[]),
        ("+1 202 555 0100 - 0199", &[]),
        ("+1 202 555 0100. - +1 202 555 0199.", &["+1 202 555 0100", "+1 202 555 0199"]),
        ("'+1 202 555 0100 - '+1 202 555 0199", &["+1 202 555 0100", "+1 202 555 0199"]),
        ("+1 202 555-0100", &["+1 202 555-0100"]),
    ] {
        let imported = import::csv(&format!("team,country,phone\nAlpha,AT,{cell}\n"));
        let directory = loaded(&imported);
        let phones: Vec<_> = directory.teams[0].contact.phones.iter().map(|phone| phone.number.as_str()).collect();
        assert_eq!(phones, expected, "{cell}");
        assert_eq!(notes(&imported).contains(note), expected.is_empty(), "{cell}");
    }
}

#[test]
fn separators_and_headers_are_found() {
    for (table, country) in [
        ("\u{feff}\"CC\",TEAM\nAT,Alpha\n", "AT"),
        ("short-team-name\tcountry\tcolour;s\nAlpha\tAustria\t\n", "AT"),
        ("name;country\r\nAlpha;UK\r\n", "GB"),
    ] {
        let directory = loaded(&import::csv(table));
        assert_eq!(team(&directory, "alpha").country.code(), country, "{table}");
    }
    for (table, note) in [
        ("", "the table is empty"),
        ("\n \n", "the table is empty"),
        ("colour,country\nred,AT\n", "no column for the team's name"),
        ("team\nAlpha\n", "no column for its country"),
    ] {
        let imported = import::csv(table);
        assert!(imported.refused == 1 && imported.entries.is_empty() && notes(&imported).contains(note), "{table}");
    }
}

#[test]
fn what_stands_twice_has_a_note_with_its_team() {
    let team = r#"{"team": "Alpha", "team": "Beta", "country": "AT", "x": {"y": 1, "y": 2}}"#;
    let other = r#"{"team": "Gamma", "country": "AT"}"#;
    let imported = import::first(&format!(r#"{{"total": 3, "total": 2, "data": [{team}, {other}]}}"#));
    let notes = notes(&imported);
    for expected in [
        "Beta: /data/0/team: this stands more than once, and the last one was taken",
        "Beta: /data/0/x/y: this stands more than once, and the last one was taken",
        "/total: this stands more than once, and the last one was taken",
    ] {
        assert!(notes.contains(expected), "{expected}: {notes}");
    }
    assert!(!notes.contains("Gamma"), "{notes}");
}
