package place

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"dirdesk/desk"
	"dirdesk/desk/rows"
	"dirdesk/models"
)

// Kinds are what a search is limited to, in the round of the key that changes it.
type Kinds uint8

// The kinds.
const (
	Everything Kinds = iota
	People
	Groups
	Computers
)

var kinds = [...]struct {
	label      string
	categories []models.Category
}{{"", nil}, {"people", []models.Category{models.Person}}, {"groups", []models.Category{models.Group}}, {"computers", []models.Category{models.Computer}}}

// Label is what they are called: "people"; "" for everything.
func (k Kinds) Label() string { return kinds[k].label }

// Next is the next of the round.
func (k Kinds) Next() Kinds { return (k + 1) % Kinds(len(kinds)) }

// mostFound is how many objects a search shows: who needs more types more.
const mostFound = 200

// search is what is found by a text, anywhere in the domain.
type search struct {
	query
	text  string
	kinds Kinds
}

// Search is what is found by a text, as a place.
func Search(text string, of Kinds) Place {
	return search{text: strings.Join(strings.Fields(text), " "), kinds: of}
}

// Sought is the text of a search, and what it is limited to; false for another place.
func Sought(at Place) (text string, of Kinds, is bool) {
	s, is := at.(search)
	return s.text, s.kinds, is
}

func (s search) Address() string {
	if s.kinds == Everything {
		return "find:" + s.text
	}
	return "find " + s.kinds.Label() + ":" + s.text
}

func (s search) Key() string { return s.Address() }

func (s search) Name() string { return fmt.Sprintf("the search for %q", s.text) }

func (s search) Path() []string {
	if s.kinds == Everything {
		return []string{"Found: " + s.text}
	}
	return []string{strings.ToUpper(s.kinds.Label()[:1]) + s.kinds.Label()[1:] + " found: " + s.text}
}

func (s search) Nothing(models.About) string {
	if s.kinds == Everything {
		return "Nothing is found."
	}
	return "No " + s.kinds.Label() + " are found."
}

func (s search) Searches() bool { return true }

func (s search) Renamed(_, _ models.DN) (Place, bool) { return s, false }

// Read gives each time all that was found until then.
func (s search) Read(ctx context.Context, backend desk.Backend, _, _ int) iter.Seq2[models.Page, error] {
	wanted := desk.Search{Text: s.text, Categories: kinds[s.kinds].categories, Limit: mostFound}
	return func(yield func(models.Page, error) bool) {
		for found, err := range desk.New(backend, desk.Options{}).Find(ctx, wanted) {
			page := models.Page{Objects: slices.Clone(found.Objects), Total: models.UnknownTotal}
			if !found.Reading.Running {
				page.Total, page.Cut = len(page.Objects), found.Cut
			}
			if found.More && !found.Reading.Running && page.Cut == "" {
				page.Cut = fmt.Sprintf("these are the best %d; type more", mostFound)
			}
			if !yield(page, err) || err != nil {
				return
			}
		}
	}
}

// query is what places have in common whose rows come from several containers.
type query struct{}

func (query) IsTop() bool { return false }

func (query) Up() Place { return nil }

func (query) Container() models.DN { return "" }

// Lists is true of every container: whatever is new may be found.
func (query) Lists(models.DN) bool { return true }

func (query) Seekable(models.About) bool { return false }

// Natural keeps the order: the best comes first.
func (query) Natural(models.About) rows.Column { return rows.ServerOrder }
