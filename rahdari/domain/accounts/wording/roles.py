"""The roles in prose: what they are called, what they may do, what they see and never see."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Prose:
    """A role in words."""

    name: Any
    may: Any
    sees: Any
    never: Any


PROSE = {
    "worker": Prose(
        _("Worker"),
        _("Apply, book, confirm, sign, decline, withdraw, complain, consent, take out or erase their data."),
        _("Their own file, their own line, and who looked at it."),
        _("Ranking data of others, notices between the states."),
    ),
    "family_proxy": Prose(
        _("Family member"),
        _("Follow the line, the costs and the pass, complain, and whatever else the worker ticked."),
        _("What the worker ticked, until it is withdrawn."),
        _("Health, the identity behind a complaint, the contract if not ticked."),
    ),
    "public": Prose(
        _("Anyone"),
        _("Search, check a licence, a paper or a cost, complain without an account."),
        _("Published data."),
        _("Any person."),
    ),
    "promoter_manager": Prose(
        _("Manager of a promoter"),
        _("Appoint clerks, accept a demand, nominate, declare charges, answer a complaint, reply to a notice."),
        _("Their own demands and those who applied to them."),
        _("Applicants of others, the identity of a complainant, papers whose marking does not name them."),
    ),
    "promoter_clerk": Prose(
        _("Clerk of a promoter"),
        _("Prepare applications, files and bookings. Must be an employee named on the licence."),
        _("The cases assigned to them."),
        _("The ledger of charges of others, notices."),
    ),
    "oec_officer": Prose(
        _("Officer of the Overseas Employment Corporation"),
        _("What the manager of a promoter may, without a licence, through the whole 90-day cycle."),
        _("Demands and cases of the Corporation."),
        _("Cases of promoters."),
    ),
    "oec_counter": Prose(
        _("Counter of the Overseas Employment Corporation"),
        _("Register a person at the counter, scan, print, book."),
        _("The file in front of them, for 30 minutes after the person's code."),
        _("A search over all files."),
    ),
    "training_desk": Prose(
        _("Training desk"),
        _("Keep cohorts, attendance and results of training."),
        _("Their own cohorts."),
        _("Answers of exams, complaints, costs."),
    ),
    "protector": Prose(
        _("Protector of Emigrants"),
        _("Scrutinise, object, permit, register, clear, refuse, revoke, decide complaints."),
        _("All demands and cases before them."),
        _("Identities held by the custodian, foreign content meant for the contact point."),
    ),
    "bureau_officer": Prose(
        _("Officer of the Bureau of Emigration"),
        _("Licences, hearings, appeals against Protectors, fee declarations, screening."),
        _("Licence files, complaints against promoters, notices released to them."),
        _("Foreign content without consent."),
    ),
    "contact_point_pk": Prose(
        _("Contact point of Pakistan"),
        _("Notices, requests, consents, accords, the release of statements, the office key."),
        _("All that the partner sent, all queues."),
        _("Identities held by the custodian."),
    ),
    "test_ministry_pk": Prose(
        _("Ministry related to the tests"),
        _("Help with exams, venues and cohorts."),
        _("Requests about exams, seats, counts, incidents released to it."),
        _("Files of candidates, complaints."),
    ),
    "attache": Prose(
        _("Community Welfare Attaché in Tokyo"),
        _("Attest demands, visit, record complaints, help with a return, issue a temporary passport."),
        _("Demands to attest, workers in Japan, their own visits."),
        _("Cases of workers who have not arrived (the demand apart), investigations in Pakistan."),
    ),
    "opf_officer": Prose(
        _("Officer of the Overseas Pakistanis Foundation"),
        _("Welfare, insurance, help for the return and for families."),
        _("Cases referred to the Foundation."),
        _("Contracts and complaints that were not referred."),
    ),
    "custodian_pk": Prose(
        _("Custodian of identities, Pakistan"),
        _("Open the identity of a complainant on a recorded decision; two persons must do it."),
        _("Identities only."),
        _("The text of the complaint."),
    ),
    "custodian_jp": Prose(
        _("Custodian of identities, Japan"),
        _("Open the identity of a complainant on a recorded decision; two persons must do it."),
        _("Identities only."),
        _("The text of the complaint."),
    ),
    "grievance_pk": Prose(
        _("Complaint officer, Pakistan"),
        _("Sort, act on, decide, refer and close complaints."),
        _("The complaint without the identity."),
        _("The identity, unless it was opened."),
    ),
    "grievance_jp": Prose(
        _("Complaint officer, Japan"),
        _("Sort, act on, decide, refer and close complaints."),
        _("The complaint without the identity."),
        _("The identity, unless it was opened."),
    ),
    "employer": Prose(
        _("Accepting organisation (employer)"),
        _("File a demand, interview, decide, offer terms, apply for the certificate, report arrival, do its duties."),
        _("Its own demands, candidates nominated to it, its own workers."),
        _("Applicants not nominated, complaints, family data, the identity card number."),
    ),
    "support_org": Prose(
        _("Registered support organisation"),
        _("Keep the support plan, its items and interviews; prepare notices, but not answer for them."),
        _("Workers entrusted to it."),
        _("Candidates not selected, wages of others."),
    ),
    "placement_business": Prose(
        _("Employment placement business"),
        _("Forward a demand, arrange interviews."),
        _("The demands it forwards."),
        _("What a worker pays, except to the business itself."),
    ),
    "exam_body": Prose(
        _("Test provider"),
        _("Open seats, keep the roster, check the identity at the door, record and void results."),
        _("Bookings of its own sittings."),
        _("The case, the employer, the promoter: it sees a code only."),
    ),
    "contact_point_jp": Prose(
        _("Contact point of Japan"),
        _("Notices, requests, consents, accords, the release of statements, the office key; issues the order for a field."),
        _("All that the partner sent, all queues."),
        _("Identities held by the custodian."),
    ),
    "isa_regional": Prose(
        _("Regional immigration bureau"),
        _("Certificate of eligibility, landing, change, extension, revocation."),
        _("Applications before it."),
        _("Foreign content without consent."),
    ),
    "field_ministry": Prose(
        _("Ministry in charge of a field"),
        _("Ask for a stop of its own field, exams of its field, facts of its council."),
        _("Counts and the forecast of its field."),
        _("Persons, drafts of other fields."),
    ),
    "labour_ministry": Prose(
        _("Labour ministry and its offices"),
        _("Findings about labour, and the duties toward it."),
        _("Notices released to it, the employers under it."),
        _("Files of recruitment."),
    ),
    "police_liaison": Prose(
        _("Police liaison"),
        _("Take a notice that was released, and answer it."),
        _("What was released to it."),
        _("All else."),
    ),
    "visa_desk": Prose(
        _("Visa desk in Pakistan"),
        _("Record the results of visa applications."),
        _("Cases before it that have a certificate of eligibility."),
        _("Selection, the ledger of costs, complaints."),
    ),
    "node_operator": Prose(
        _("Operator of the node"),
        _("Accounts and roles of staff, keys other than the office's, backups, couriers, health."),
        _("Counters, sizes, ids."),
        _("Any content of a case."),
    ),
    "auditor": Prose(
        _("Inspector"),
        _("Read the audit and the journal, verify them, take out copies. May write nothing."),
        _("Who did what and when, hashes; content only with a recorded reason."),
        _("Nothing is closed to them for good; every look is recorded."),
    ),
}

ROLE_WORDS = {code: prose.name for code, prose in PROSE.items()}
