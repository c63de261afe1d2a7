"""Words that are in nobody's name, and places of two words that look like somebody's."""

from __future__ import annotations

NOT_NAMES = frozenset(
    (
        "dear what why where when which "
        "the by a an in on at of for with from and or but it he she they we you this that these "
        "those january february march july september october november december "
        "monday tuesday wednesday thursday friday saturday sunday "
        "according read more click follow share flash brief policy memo post times journal news "
        "herald tribune magazine review university institute center centre foundation council "
        "agency ministry department program programme programmes project initiative group press "
        "report minister president premier chancellor prime king queen emir spokesman spokeswoman "
        "relations affairs strategy security operations studies research communications defense "
        "defence government foreign national international technology energy economic interest "
        "examiner observer insider guardian standard chronicle monitor dispatch quarterly digest "
        "bulletin telegraph gazette podcast radio television "
        "analysis briefs search publications events topics regions programs donate subscribe menu "
        # labels and headings of pages, and what pages are about
        "summary executive abstract keywords takeaways toplines topline cutoff update updates "
        "overview introduction conclusion conclusions findings recommendations highlights points "
        "assessment assessments appendix annex endnotes footnotes references notes contents "
        "methodology methodological about contact further reading related latest full original "
        "author authors contributor contributors editor editors comment comments views listen "
        "watch download print data file tracker weekly daily monthly annual edition issue volume "
        "series insight insights alert alerts situation humanitarian needs funding response "
        "effort staff analytics competition rights climate maritime nuclear cyber terrorism "
        "counterterrorism proliferation resilience domain access "
        "gulf arena strait peninsula politics diplomacy elections economy society war warfare "
        "missiles drones army navy peacekeeping sanctions trade migration "
        "regional global expert experts strategic military resources copyright citation "
        "webinar webinars infographic infographics statement statements release letter event"
    ).split()
)
"""In small letters, as no word of a name may be (but see ``names`` for the last one)."""

PLACES = frozenset(
    (
        "middle east;near east;far east;east asia;south asia;central asia;southeast asia;"
        "latin america;north america;south america;central america;north africa;west africa;"
        "east africa;central africa;southern africa;south africa;horn of africa;south sudan;"
        "north korea;south korea;korean peninsula;arabian peninsula;saudi arabia;sri lanka;"
        "hong kong;gaza strip;west bank;red sea;black sea;south china sea;eastern mediterranean;"
        "gulf states;united states;united kingdom;united nations;european union;new zealand;"
        "costa rica;puerto rico;el salvador;sierra leone;burkina faso;ivory coast;papua new guinea;"
        "solomon islands;eastern europe;western europe;western balkans;south caucasus;"
        "new york;los angeles;tel aviv;new delhi;buenos aires;northern ireland;islamic state;"
        "chatham house;white house"
    ).split(";")
)
"""In small letters."""
