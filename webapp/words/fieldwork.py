"""The names of assessor groups, strata and channels; one that has no name here is shown by its code."""

from flask_babel import lazy_gettext as _l

GROUPS = {
    "G1_PARTY_DEL": _l("Party congress delegates"),
    "G2_NPC_DEP": _l("People's congress deputies"),
    "G3_CPPCC": _l("CPPCC members"),
    "G4_STATE_ORG": _l("State organs at all levels"),
    "G5_ENTERPRISE": _l("Enterprises and public institutions"),
    "G6_SOCIAL_ORG": _l("Social organisations"),
    "G7_DISTRICT": _l("Cities and districts: party, government, mass bodies"),
    "G8_RESIDENT": _l("Community residents"),
}
STRATA = {
    "S1_LEADERS": _l("Leaders of the four leading bodies"),
    "S2_EXPERTS": _l("Expert panel"),
    "S3_CADRES": _l("Cadre representatives of organs"),
    "S4_TOWNS": _l("Chief leaders of towns and subdistricts"),
    "S5_CLIENTS": _l("Service recipients"),
    "S6_PUBLIC": _l("General public"),
}
CHANNELS = {
    "C1_SEALED": _l("Sealed letter"),
    "C2_ONLINE": _l("Online"),
    "C3_ASSEMBLY": _l("Assembled"),
    "C4_PHONE": _l("Telephone"),
    "C5_WINDOW": _l("Service window"),
    "C6_STREET": _l("Street and community"),
}
