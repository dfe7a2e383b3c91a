"""What people write of a language, a channel, hours, a zone and a domain is kept in one form."""

import pytest

from depositary.authorities.designations import AcceptedLanguage, Designation
from depositary.authorities.designations_csv import designation_of
from depositary.authorities.missions import Mission, mission_faults, plain_address, plain_domain
from depositary.authorities.written_forms import channel, hours, language_tag


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        *(("EN", "en"), ("fr", "fr"), ("zh_hans", "zh-Hans"), ("fr-fr", "fr-FR"), ("French", "fr"), ("français", "fr")),
        *(("francais", "fr"), ("francés", "fr"), ("الفرنسية", "fr"), ("французский", "fr"), ("法语", "fr")),
        *(("Vietnamese", "vi"), ("zz-yy-1", "zz-yy-1"), ("Klingon dialect", "Klingon dialect"), ("", "")),
    ],
)
def test_a_language_is_kept_by_its_tag(written: str, tag: str) -> None:
    assert language_tag(written) == tag
    assert language_tag(tag) == tag


@pytest.mark.parametrize("written", ["24/7", "24 / 7", "24x7", "24h/7", "24 hours / 7 days", "24h/7d"])
def test_hours_at_any_time_are_kept_in_one_form(written: str) -> None:
    assert hours(written) == "24/7"
    assert hours("9 to 17") == "9 to 17"


def test_a_row_as_people_write_it() -> None:
    row = {"languages": "French; arabic (urgent)", "channels": "Interpol; DIPLOMATIC", "zone": "asia/ho chi minh"}
    found = designation_of(row, {})
    assert found.languages == (AcceptedLanguage("fr"), AcceptedLanguage("ar", "urgent"))
    assert found.channels == ("INTERPOL", "diplomatic")
    assert found.zone == "Asia/Ho_Chi_Minh"
    assert channel("by pigeon") == "by pigeon"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Mission@Example.INT", "Mission@example.int"),
        ("mission@пример.рф", "mission@xn--e1afmkfd.xn--p1ai"),
        ("mission@xn--e1afmkfd.xn--p1ai", "mission@xn--e1afmkfd.xn--p1ai"),
    ],
)
def test_a_mission_with_any_domain_gets_its_mail(written: str, kept: str) -> None:
    assert plain_address(written) == kept
    domains = (plain_domain(written.rpartition("@")[2]),)
    assert mission_faults(Mission("S01", "Mission", plain_address(written), domains), ["S01"]) == {}


def test_a_contact_with_an_internationalized_domain_has_no_fault() -> None:
    from depositary.authorities.checks import designation_faults

    email = plain_address("night@пример.рф")
    assert designation_faults(Designation("S01", "central authority", "Ministry", email=email), ["S01"]) == {}
