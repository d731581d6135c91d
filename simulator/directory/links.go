package directory

import "slices"

// Links are kept at both ends, so that the other end is read without a search,
// follows renames, and is gone with its source.

// linked notes the links of e at their targets.
func (e *entry) linked() {
	for _, l := range e.links {
		l.to.linkedBy = append(l.to.linkedBy, link{l.attribute, e})
	}
}

// unlinked takes the links of e away from their targets.
func (e *entry) unlinked() {
	for _, l := range e.links {
		l.to.linkedBy = slices.DeleteFunc(l.to.linkedBy, func(back link) bool {
			return back.attribute == l.attribute && back.to == e
		})
	}
}

// dropLinks takes e, which is being deleted, out of everybody's links.
func (e *entry) dropLinks() {
	e.unlinked()
	for _, back := range e.linkedBy {
		back.to.links = slices.DeleteFunc(back.to.links, func(l link) bool { return l.to == e })
	}
}

// backLink is the attribute at the far end of a link: "directReports" of
// "manager"; "" where AD has none.
func backLink(attribute string) string {
	switch attribute {
	case "manager":
		return "directReports"
	case "managedBy":
		return "managedObjects"
	case "msDS-PSOAppliesTo":
		return "msDS-PSOApplied"
	default:
		return ""
	}
}
