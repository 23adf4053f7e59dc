"""Demand, attestation, permission, vacancy in words; the codes are those of `rules/`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    # the demand
    "dispatch_not_allowed": _("Workers of this field may not be sent on to other firms: %(field)s."),
    "promoter_not_licensed": _("Name the promoter and the number of its licence as printed on it. The licence must hold today."),
    "pay_below_comparable": _("The basic pay is below that of a Japanese worker doing the same. It must be at least equal."),
    "no_places": _("Give at least one place."),
    "clause_forbidden": _("No contract may say this: “%(clause)s” (%(kind)s). The law: %(law)s."),
    "closes_before_opens": _("The last day must lie after the first one and after today."),
    "employer_missing": _("Name the employer: its registry id and its name."),
    "papers_missing": _("The demand letter or the power of attorney is missing."),
    "place_unknown": _("There is no municipality of this number: %(place)s."),
    "duty_unknown": _("This field has no such duty: %(duty)s."),
    "not_own_demand": _("This demand is not yours."),
    "already_known": _("This was told and taken up before."),
    "hash_differs": _("The terms are not those of the hash that came with them."),
    # attestation and permission
    "employer_disqualified": _("This employer is barred in the register of Japan since %(since)s."),
    "poa_expired": _("The power of attorney does not hold on this day (it ends %(until)s)."),
    "attestor_unknown": _("Only the mission itself attests here; from paper, the foreign ministry or the embassy of Japan."),
    "not_attested": _("The demand is not attested yet."),
    "licence_not_valid": _("The licence of %(licence)s does not hold: %(state)s."),
    "duplicate_demand": _("The same demand was permitted before."),
    "said_before": _("This was said of the two demands before."),
    "linked_elsewhere": _("One of the two is linked to another demand already. Take that word back first."),
    "permission_not_on_route": _(
        "An employer's own offer needs no permission: nobody recruits for it. The worker registers at 14."
    ),
    "no_protectorate": _("You act for no Protectorate, so there is no series of numbers to permit under."),
    "over_places": _("No more places than there are: %(places)s."),
    # the vacancy
    "no_permission": _("There is no permission for this demand, or it has ended."),
    "over_permitted_places": _("%(permitted)s places are permitted and %(published)s are published."),
    "costs_not_shown": _("Show every cost and who pays it, also where the worker pays nothing."),
    # steps from paper
    "own_side_step": _("A step of one's own side is not entered from paper."),
    "scan_missing": _("The scan of the paper is missing."),
    "number_missing": _("The number on the paper is missing."),
    "issuer_missing": _("Say who issued the paper, as printed on it."),
    "received_before_dated": _("The paper cannot have come (%(received)s) before its own date (%(dated)s)."),
    "before_previous_step": _("%(day)s lies before the step that came before it (%(previous)s)."),
}

PERMISSIONS = {
    "jobs.see_vacancies": _("Look for work among the published vacancies"),
    "jobs.see_vacancy": _("See one vacancy: pay, costs, tests"),
    "jobs.see_demands": _("See the demands at the desk"),
    "jobs.see_demand": _("See one demand at the desk with its papers and steps"),
    "jobs.see_paper": _("Take the scan of a paper of a demand"),
    "jobs.file_demand": _("File a demand, or enter one from paper"),
    "jobs.attest_demand": _("Attest the papers of a demand"),
    "jobs.permit_demand": _("Permit a demand to be processed"),
    "jobs.compare_demand": _("Say whether a demand from paper is the one the other state told"),
    "jobs.publish_vacancy": _("Publish places of a demand"),
    "jobs.close_vacancy": _("Close a vacancy"),
    "jobs.keep_paper": _("Keep the scan of a paper by which a step is entered"),
    "jobs.check_licences": _("Ask again for the licences of all who stand between worker and employer"),
    "jobs.count_applicant": _("Count an applicant of a vacancy"),
    "jobs.mirror_demand": _("Take up a demand the other state told"),
    "jobs.mirror_attestation": _("Take up that a demand was attested"),
    "jobs.mirror_permission": _("Take up that a demand was permitted"),
    "jobs.mirror_vacancy": _("Take up that a vacancy was published"),
    "jobs.mirror_closing": _("Take up that a vacancy was closed"),
}

STATEMENTS = {
    "demand.published/1": _("A demand of an employer for workers"),
    "journey.stage/1": _("A step of the line"),
}

STATES = {
    "filed": _("filed"),
    "attested": _("attested"),
    "permitted": _("permitted"),
    "open": _("open"),
    "closed": _("closed"),
}

CODES = {
    "jobs.file_demand": _("File a demand"),
    "jobs.attest_demand": _("Attest the demand"),
    "jobs.permit_demand": _("Permit the demand"),
    "jobs.compare_demand": _("Compare with the demand from paper"),
    "same": _("the same demand"),
    "another": _("another demand"),
    "jobs.publish_vacancy": _("Publish the vacancy"),
    "jobs.close_vacancy": _("Close the vacancy"),
    "oep": _("by a promoter"),
    "oec": _("by the Overseas Employment Corporation"),
    "direct": _("employed directly"),
    "inside": _("from inside Japan"),
    "month": _("a month"),
    "hour": _("an hour"),
    "night": _("night work"),
    "housing": _("housing"),
    "family": _("family"),
    "qualification": _("qualification"),
    "shift": _("shifts"),
    "attendance": _("attendance"),
    "other": _("other"),
    "tax": _("tax"),
    "social_insurance": _("health and pension insurance"),
    "employment_insurance": _("employment insurance"),
    "utilities": _("water, light, gas"),
    "meals": _("meals"),
    "union": _("union"),
    "paid_by_law": _("overtime paid as the law asks"),
    "paid_above_law": _("overtime paid above what the law asks"),
    "none": _("none"),
    "fixed": _("always the same place"),
    "changing": _("changing places"),
    "employer_free": _("a room of the employer, free"),
    "employer_charged": _("a room of the employer, paid by the worker"),
    "own_search": _("looked for by the worker"),
    "employer": _("the employer"),
    "worker": _("the worker"),
    "promoter": _("the promoter"),
    "state": _("the state"),
    "shared": _("both, by halves"),
    "JPY": _("yen"),
    "PKR": _("rupees of Pakistan"),
    "USD": _("US dollars"),
    "en": _("English"),
    "ur": _("Urdu"),
    "ja": _("Japanese"),
    "system": _("from the system"),
    "paper": _("from paper"),
}
