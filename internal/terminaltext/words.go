package terminaltext

import (
	"iter"
	"regexp"
	"strings"
)

var (
	// aDN finds what looks like the DN of an object below a domain.
	aDN = regexp.MustCompile(`(?i)[^\s=,]+=(?:\\.|[^,\\])*(?:,[a-z][a-z0-9-]*=(?:\\.|[^,\\])*)*,dc=[^,\s]+`)
	// aStep finds the begin of each of its steps but the first.
	aStep = regexp.MustCompile(`,[A-Za-z][A-Za-z0-9-]*=`)
)

// words gives the pieces between which a line may be broken, and what stands
// before each of them where it is not. Of a DN a piece is a step with its comma,
// or a word of it where it is wider than width.
func words(safe string, width int) iter.Seq2[string, string] {
	return func(yield func(word, gap string) bool) {
		each := func(text, gap string) bool {
			for word := range strings.FieldsSeq(text) {
				if !yield(word, gap) {
					return false
				}
				gap = " "
			}
			return true
		}
		// What follows a DN without a space, such as a full stop, stays with it.
		between := func(text string) bool {
			gap := " "
			if text != "" && text[0] != ' ' {
				gap = ""
			}
			return each(text, gap)
		}
		done := 0
		for _, dn := range aDN.FindAllStringIndex(safe, -1) {
			if !between(safe[done:dn[0]]) {
				return
			}
			done = dn[0]
			gap := " "
			for _, step := range append(aStep.FindAllStringIndex(safe[dn[0]:dn[1]], -1), []int{dn[1] - dn[0] - 1}) {
				piece := safe[done : dn[0]+step[0]+1]
				done += len(piece)
				if Width(piece) > width && !each(piece, gap) || Width(piece) <= width && !yield(piece, gap) {
					return
				}
				gap = ""
			}
		}
		between(safe[done:])
	}
}
