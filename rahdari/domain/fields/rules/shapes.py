"""The shape of every table of the reference data: its columns in their order, what each may hold, and what names a row.

A shape is written as one text, a word a column: `name=kind`, with `?` after the name where a cell may be blank.
Kinds: `text` (also when none is given), `day` (ISO), `month_day` (MM-DD), `number` (whole), `decimal`, `numbers`
(joined by `|`), `code`, `expression` (regular), `a/b/c` (one of these), `@table.column` (a value that stands there;
`+X` allows X as well), and `many:KIND` for several joined by `|`. Words of `USUAL` always mean the same. No Django may
be brought in here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

USUAL = {
    "code": "code",
    "valid_from": "day?",
    "valid_until": "day?",
    "source": "sources",
    "confidence": "high/medium/low",
    "translation_check": "yes/no",
    "note": "text?",
    "side": "jp/pk",
    "field": "@fields.code",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it may hold, and whether a cell may be blank."""

    name: str
    kind: str
    blank: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """One table: its columns in their order, and the columns that together name a row (none: rows are not named)."""

    columns: tuple[Column, ...]
    key: tuple[str, ...]


def _column(word: str) -> Column:
    name, _, kind = word.partition("=")
    bare = name.removesuffix("?")
    kind = kind or USUAL.get(bare, "text")
    return Column(bare, kind.removesuffix("?"), name.endswith("?") or kind.endswith("?"))


def _shape(key: str, columns: str) -> Shape:
    return Shape(tuple(map(_column, columns.split())), tuple(key.split()))


# Columns that say how something stands now; a new edition may change them (see `base.editions.load_edition`).
STATE_COLUMNS = frozenset({"fields.status", "protectorates.status", "protectorates.opened", "protectorates.opened_note"})

ENDING = "source confidence"
NAMES = "name_en name_ja name_ur"
CHECKED = f"{ENDING} translation_check"

SHAPES: Mapping[str, Shape] = {
    "accepting_org_criteria": _shape(
        "code",
        "code kind=criterion/disqualification name_en name_ja look_back_number?=number look_back_unit?=years/months/days "
        f"valid_from law {ENDING} note",
    ),
    "action_targets": _shape(
        "use_case side valid_from",
        "use_case number=number unit=working_days/days/months/candidates_a_place side binding=law/project_target/practice "
        f"valid_from valid_until {ENDING} note",
    ),
    "authorities": _shape(
        "code",
        f"code side kind=ministry/agency/contact_point/group/mission/office/company/university/party {NAMES} role "
        f"named_in_moc=yes/no moc_clauses?=many:text {CHECKED}",
    ),
    "case_stages": _shape(
        "code",
        "station=@stations.station code name_en name_ur name_ja actor=@authorities.code side target_days_min?=number "
        f"target_days_max?=number target_note? {CHECKED}",
    ),
    "ceiling_totals": _shape("decided_on scheme", f"decided_on=day scheme=ssw1/esd total=number {ENDING}"),
    "clause_kinds": _shape(
        "code", f"code {NAMES} rule_en moc_category?=@moc_categories.code criterion?=@contract_criteria.code law {CHECKED}"
    ),
    "clause_patterns": _shape(
        "",
        "code=@clause_kinds.code language=en/ur/ja parts order=any/given within=number sense=said/denied/withheld/either unless? "
        f"despite? valid_until {ENDING}",
    ),
    "clause_words": _shape("", f"class language=en/ur/ja words=expression valid_until {ENDING}"),
    "consultation_topics": _shape("code", f"code moc_ref {NAMES} {CHECKED}"),
    "contact_points": _shape(
        "side valid_from",
        f"side authority=@authorities.code unit_en unit_ja unit_ur valid_from valid_until {CHECKED}",
    ),
    "contract_criteria": _shape("code", f"code {NAMES} number?=number unit?=days_min/hours_min valid_from law {CHECKED}"),
    "cost_words": _shape("word language", f"word language=en/ur/ja rule=@fee_rules.code {ENDING}"),
    "countries": _shape("code", f"code {NAMES} valid_from valid_until {CHECKED}"),
    "counting_rules": _shape("code", f"code rule_en applies_to default_for_display {ENDING}"),
    "departure_airports": _shape("iata", f"iata=code icao=code city_en city_ur {NAMES} {CHECKED}"),
    "departure_windows": _shape(
        "window valid_from",
        f"window=@windows.code in_force_on=registration/departure/landing needed=yes/no valid_from valid_until {ENDING} note",
    ),
    "duties": _shape(
        "code",
        "code actor=@authorities.code recipient=@authorities.code event_en deadline_kind=before/day_of_next_month/days_after/"
        "end_of_next_month/months_before/on_payment/promptly/quarter_window/same_working_day/window_before/yearly_window/"
        "years_after number?=numbers unit?=day/days/months/year/years window_from?=month_day window_until?=month_day "
        f"valid_from valid_until form? law can_be_delegated=yes/no {ENDING} note",
    ),
    "duty_successors": _shape(
        "duty valid_from", f"duty=@duties.code covered_by=@duties.code valid_from valid_until {ENDING} note"
    ),
    "exam_kinds": _shape(
        "code",
        f"code kind=language/skill/skill_ssw2/waiver field? {NAMES} body? questions?=number minutes?=number min_age?=number "
        f"valid_from {CHECKED}",
    ),
    "exam_rules": _shape(
        "code exam valid_from",
        "code exam?=@exam_kinds.code number=number unit=seats/days/working_days/hours/people/bits/per_cent/per_million "
        f"valid_from valid_until {ENDING} note",
    ),
    "extra_conditions": _shape("code", f"code {NAMES} who_proves=@authorities.code before_application=yes/no {CHECKED}"),
    "fee_categories": _shape("code", f"code group=fee/related_cost/illegitimate {NAMES} {CHECKED}"),
    "fee_rules": _shape(
        "code",
        "code rule_en applies_to=all/oep/direct/oec moc_category?=@moc_categories.code norm=PK/MOC/ILO/JP valid_from "
        f"{ENDING} note",
    ),
    "fee_subtotals_pk": _shape("route label", f"route=oep/direct/oec label total_pkr=number {ENDING}"),
    "fees_jp": _shape(
        "item valid_from", f"item=code name_en name_ja payer=@authorities.code amount_jpy=number kind=fixed valid_from {ENDING}"
    ),
    "fees_pk": _shape(
        "item route valid_from",
        "item=code name_en name_ur route=oep/direct/oec payer=worker amount_pkr?=number kind=fixed/ceiling/unknown "
        f"ilo_category=@fee_categories.code valid_from valid_until {CHECKED} note",
    ),
    "field_ceilings": _shape(
        "field decided_on scheme",
        f"field decided_on=day period_from=day period_until=day scheme=ssw1/esd ceiling=number {ENDING} note",
    ),
    "field_counts": _shape("from_date", f"from_date=day fields=number event {ENDING}"),
    "field_names": _shape("field valid_from", f"field valid_from valid_until {NAMES} {CHECKED}"),
    "field_requirements": _shape(
        "field duty_category valid_from",
        "field duty_category?=code valid_from valid_until skill_test_name_ja? skill_test_name_en? "
        "language_min=many:@language_levels.satisfies extra_language_test?=@exam_kinds.code "
        f"extra_condition_code?=many:@extra_conditions.code {ENDING} note",
    ),
    "field_residents": _shape(
        "as_of scope field",
        f"as_of=day scope=ssw1/ssw2/ssw_all field=@fields.code+TOTAL people=number approximate=yes/no {ENDING} note",
    ),
    "field_words": _shape("word language field", f"word language=en/ur/ja field=@fields.code {ENDING}"),
    "fields": _shape(
        "code",
        f"code {NAMES} ministry=@authorities.code decided_on=day valid_from=day valid_until merged_into?=@fields.code "
        "dispatch_allowed=yes/no ssw2_from?=day ssw2_scope=all/part/none/unknown "
        f"status=open/suspended/suspended_in_part/decided_not_open/merged {CHECKED} note",
    ),
    "filing_offices": _shape(
        "recipient valid_from",
        f"recipient=@authorities.code country=JP/PK counting_rule?=@counting_rules.code valid_from valid_until {ENDING} note",
    ),
    "form_choices": _shape("code", f"code name_en name_ur name_ja {CHECKED} note"),
    "form_fields": _shape(
        "form version key",
        "form=@form_kinds.code version key=code number? kind=part/words/text/number/money/date/month/choice/multi/list/hand "
        "filled_from? choices?=many:@form_choices.code needed=yes/no name_en name_ur name_ja valid_from valid_until "
        f"{CHECKED} note",
    ),
    "form_kinds": _shape(
        "code version",
        "code version side subject=case/demand official=ja/en number name_en name_ur name_ja filed_with=many:@authorities.code "
        f"readers=many:code valid_from valid_until {CHECKED} note",
    ),
    "grievance_clocks": _shape(
        "code",
        "code name_en name_ur name_ja handler=@authorities.code+platform number?=number unit?=hours/days/working_days "
        f"starts_from binding=law/official_target/project_target {ENDING} note",
    ),
    "ilo_indicators": _shape("code", f"code {NAMES} {CHECKED}"),
    "isco08_groups": _shape("code", "code label_en also_called_en?"),
    "japan_municipalities": _shape("lgcode", "lgcode=code pref=@prefectures.name_ja city citykana? lat=decimal lng=decimal"),
    "language_levels": _shape(
        "instrument level valid_from",
        "instrument=@exam_kinds.code level=code cefr? valid_from valid_until score_min?=number score_max?=number "
        f"satisfies?=many:code {ENDING} note",
    ),
    "licence_city_codes": _shape("code", f"code city_en city_ur {CHECKED} note"),
    "line_clocks": _shape(
        "code valid_from",
        f"code {NAMES} from_step=code until_step=code target_days=number valid_from valid_until {CHECKED} note",
    ),
    "moc_articles": _shape("number part", f"number=number part=number title paraphrase_en obliges=jp/pk/both {ENDING}"),
    "moc_categories": _shape(
        "code",
        f"code moc_ref {NAMES} legal_hook_jp legal_hook_pk ilo_indicators=many:@ilo_indicators.code {CHECKED}",
    ),
    "notice_kinds": _shape(
        "code valid_from",
        f"code {NAMES} category=needed/may accept_number=number accept_unit=working_days answer_number?=number "
        f"answer_unit?=working_days valid_from valid_until {CHECKED} note",
    ),
    "notice_steps": _shape("code", f"code {NAMES} kinds=many:@notice_kinds.code {CHECKED}"),
    "occupation_words": _shape("word language isco_code", f"word language=en/ur/ja isco_code=@isco08_groups.code {ENDING}"),
    "occupations": _shape(
        "scheme field isco_code title_en",
        f"scheme=ssw/outside_ssw field? classification=ISCO-08 isco_code=@isco08_groups.code title_en {ENDING}",
    ),
    "office_days": _shape(
        "country", f"country=JP/PK weekly_closed=numbers closed_from?=month_day closed_until?=month_day law {ENDING} note"
    ),
    "office_time_zones": _shape(
        "side valid_from",
        f"side country=JP/PK utc_offset_minutes=number iana_zone valid_from valid_until {ENDING} note",
    ),
    "pakistan_districts_en_ur": _shape(
        "district_pcode", "district_pcode=code district urdu urdu_variants? latin_variants? province"
    ),
    "pakistan_towns_en_ur": _shape("", "latin urdu district? source_set"),
    "place_words": _shape(
        "word language prefecture", f"word language=en/ur/ja prefecture=@prefectures.code name=yes/no {ENDING}"
    ),
    "pk_provinces": _shape("iso_3166_2", f"iso_3166_2=code name_en name_ur cnic_first_digit=numbers {ENDING}"),
    "prefectures": _shape("code", "code iso_3166_2=code name_en name_ja"),
    "professional_routes": _shape(
        "code",
        "code status=professional/remote/esd kind=family/language/language_at/moc/protector/qualification/residence/work value "
        f"unit?=cefr/employer_category/isco08/satisfies/years valid_from valid_until rule_en {ENDING} note",
    ),
    "protectorate_airports": _shape(
        "protectorate valid_from",
        f"protectorate=@protectorates.code airport=@departure_airports.iata valid_from valid_until {ENDING} note",
    ),
    "protectorates": _shape(
        "code",
        "code city_en city_ur province_en=@pk_provinces.name_en opened?=day opened_note? status=open/announced_open/planned "
        f"{CHECKED}",
    ),
    "public_holidays_jp_pk_2019_2030": _shape("country date name_en", "country=JP/PK date=day name_local name_en"),
    "renewals": _shape(
        "code",
        "code renewal=code duty=@duties.code deadline_kind=window_before/months_before number=numbers unit=months "
        f"valid_from valid_until {ENDING} note",
    ),
    "request_facts": _shape(
        "code",
        f"code form=choice/day/exam/field/number/text/uuid choices?=many:code personal=yes/no {NAMES} reason? {CHECKED}",
    ),
    "request_kinds": _shape(
        "code valid_from",
        f"code {NAMES} accept_number=number accept_unit=hours/working_days answer_number?=number answer_unit?=working_days "
        f"valid_from valid_until {CHECKED} note",
    ),
    "request_lateness": _shape(
        "code valid_from", f"code number=number unit=working_days binding=project_target valid_from valid_until {ENDING} note"
    ),
    "request_questions": _shape(
        "kind code",
        f"kind=@request_kinds.code code place=number {NAMES} needed=many:@request_facts.code also?=many:@request_facts.code "
        f"answer=choice/day/number/text/yes_no choices?=many:code {CHECKED}",
    ),
    "route_stations": _shape("route station", f"route=code station=@stations.station {NAMES} {CHECKED}"),
    "service_limits": _shape(
        "code valid_from",
        f"code kind=payment_days/late_interest/age number=number unit=days/hundredths_of_percent/years valid_from valid_until "
        f"rule_en law {ENDING} note",
    ),
    "sources": _shape("tag", "tag reference"),
    "retention_terms": _shape(
        "code valid_from",
        "code name_en name_ja name_ur number=number unit=days/months/years "
        "starts_from=last_typed/handed_in/opened/published/case_closed "
        f"reason_en reason_ja reason_ur valid_from valid_until {CHECKED} note",
    ),
    "stations": _shape("station", f"station=number code side=jp/pk/both {NAMES} {CHECKED}"),
    "stay_rules": _shape(
        "code",
        "code status=ssw1/ssw2 kind=counted/counting/entry/exception/exclusion/family/not_counted/period_unit/procedure/"
        "total_limit applies_to? value? unit? minimum? valid_from valid_until rule_en evidence? "
        f"{ENDING}",
    ),
    "stay_thresholds": _shape(
        "code",
        f"code rule=@stay_rules.code number=number unit comparison=at_least/more_than valid_from valid_until {ENDING} note",
    ),
    "support_items": _shape(
        "code",
        f"number=number code {NAMES} due_event=coe_application/arrival/arrival_departure/contract/contract_end "
        "due_relation=before/on/after/during/every due_number?=number due_unit?=days/months minimum? evidence "
        f"{CHECKED} note",
    ),
    "suspension_effects": _shape(
        "order_id application_kind condition reference_date",
        "order_id=@suspensions.order_id application_kind=coe/change_of_status/change_of_employer/extension "
        "effect=none/refused/not_issued/restricted test_date=filed/decided condition=before/on_or_after/any "
        f"reference_date?=day exception_group?=code {ENDING} note",
    ),
    "suspensions": _shape(
        "order_id",
        "order_id=code field guidance_on?=day requested_on?=day effective_from=day lifted_on?=day "
        f"lifted_confidence?=high/medium/low basis residents=number residents_as_of=day ceiling=number {ENDING} note",
    ),
    "test_waivers": _shape(
        "code",
        "code holder condition waives_skill_test=yes/no waives_base_language=yes/no waives_nursing_japanese=yes/no valid_from "
        f"{ENDING} note",
    ),
    "waiver_terms": _shape(
        "code",
        f"code=@test_waivers.code stages=many:text months_min=number related?=yes/no field? base_levels?=many:code valid_from "
        f"valid_until {ENDING} note",
    ),
    "windows": _shape(
        "code",
        f"code {NAMES} number?=number unit? starts_from valid_from valid_until side law? {CHECKED} note",
    ),
}
