"""Words for what scoring and tallies refuse, and for the wrong cells of a lead's table."""

from flask_babel import lazy_gettext as _l

from scoring import errors as e
from tallies import errors as t

WORDS = {
    e.BadTree: (422, _l("The index tree doesn't add up; nothing of it was kept.")),
    e.NoTree: (404, _l("The year %(year)s has no index tree yet.")),
    e.TooLate: (409, _l("This is no longer possible at the year's stage. Nothing was changed.")),
    e.UnknownIndicator: (404, _l("There is no indicator %(code)s here.")),
    e.BadEntries: (422, _l("The table has wrong cells; nothing of it was kept.")),
    e.UnknownLead: (404, _l("There is no lead department %(lead)s.")),
    e.NoSuchFile: (404, _l("Nothing has been entered yet.")),
    e.WrongFileState: (409, _l("The entries are no longer in the state that this step needs. Load the page again.")),
    e.ScanMissing: (422, _l("Add the scan of the signed form and the name of the person who signed it.")),
    e.NoDocument: (422, _l("An addition or deduction needs the number of the document it rests on.")),
    e.SpecialOutOfRange: (422, _l("%(item)s takes more than 0 and at most %(most)s points, in its own direction.")),
    e.NoSuchSpecial: (404, _l("There is no such addition or deduction, or it has been decided.")),
    e.NoStandings: (404, _l("The standings of %(year)s have not been computed yet.")),
    e.NotReady: (409, _l("The year can't go on yet: compute the standings, and have them approved before the end.")),
    t.BadRow: (500, _l("The count broke its own contract and was not kept.")),
    t.SameCellTwice: (500, _l("The count held one cell twice and was not kept.")),
    t.NoTally: (404, _l("This round has not been counted yet.")),
    t.ThresholdLowered: (422, _l("The threshold %(name)s can be raised, never lowered below %(least)s.")),
}
