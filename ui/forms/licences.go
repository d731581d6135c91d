package forms

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dirdesk/internal/english"
	"dirdesk/models"
	"dirdesk/ui/message"
	"dirdesk/ui/trouble"
)

// LicenceSource is where licences come from: a desk.Desk.
type LicenceSource interface {
	// Licences are a user's; models.ErrUnsupported where the server does not tell.
	Licences(ctx context.Context, ref models.Ref) (models.Licences, error)
}

// licencesMsg is what the server tells of a user's licences.
type licencesMsg struct {
	form     *licences
	licences models.Licences
	err      error
}

// licences is the form of a user's Microsoft 365 licences.
type licences struct {
	*sheet
	object models.Object
	told   models.Licences
	known  bool   // the server has answered
	remark string // what there is to be known of the answer
	wrong  bool   // the remark is a failure

	kinds   []*row // one for each licence that the server tells of
	typed   *row   // a SKU that it does not tell of
	typedTo *row   // what becomes of it
}

// What becomes of a licence whose SKU is typed.
const (
	assignIt = "assign"
	revokeIt = "revoke"
)

const (
	keySKU   = "sku"
	keySKUTo = "skuTo"
)

// Licences asks which Microsoft 365 licences a user is to have. Those that are
// not touched stay as they are and are not in the change.
func Licences(env Env, source LicenceSource, o models.Object) Form {
	f := &licences{sheet: newSheet(env, "Microsoft 365 licences: "+o.Called()), object: o}
	f.typed = textRow(keySKU, "Another SKU", "")
	f.typed.empty = "none"
	f.typed.hint = func() string {
		if f.known && len(f.kinds) > 0 {
			return "A licence that is not in the list, by its SKU part number: ENTERPRISEPACK. May be left empty."
		}
		return "The SKU part number of the licence, as Microsoft writes it: ENTERPRISEPACK."
	}
	f.typed.check = f.checkSKU
	f.typedTo = choiceRow(keySKUTo, "is to be",
		option{assignIt, "assigned", "the user gets it"}, option{revokeIt, "revoked", "it is taken away"})
	f.typedTo.hidden = func() bool { return strings.TrimSpace(f.typed.value()) == "" }
	for _, r := range []*row{f.typed, f.typedTo} {
		r.lines, r.blocked = f.account, f.whyNot
	}
	f.rows = []*row{f.typed, f.typedTo}
	ctx := f.ctx
	f.start = append(f.start, func() tea.Msg {
		told, err := source.Licences(ctx, o.Ref())
		return licencesMsg{f, told, err}
	})
	f.receive = f.answer
	f.count = f.counts
	f.touched = func() bool { return len(f.changes()) > 0 }
	f.build = f.finish
	return f.sheet
}

// answer makes a row of each licence that the server tells of.
func (f *licences) answer(msg tea.Msg) tea.Cmd {
	m, ok := msg.(licencesMsg)
	if !ok || m.form != f {
		return nil
	}
	f.known = true
	switch {
	case errors.Is(m.err, models.ErrUnsupported):
		f.remark = "This server does not tell which licences there are: type the SKU."
	case m.err != nil:
		f.wrong = true
		f.remark = trouble.Line("The licences could not be read", m.err, models.AdviceFor(m.err))
	case len(m.licences.Licences) == 0:
		f.remark = "The server knows of no licences for this user: type the SKU."
	}
	if m.err != nil {
		return nil
	}
	f.told = m.licences
	for _, l := range m.licences.Licences {
		f.kinds = append(f.kinds, f.kind(l))
	}
	f.rows = append(slices.Clone(f.kinds), f.rows...)
	if len(f.kinds) > 0 && (f.typed.byHand || f.refusal != nil) {
		f.at += len(f.kinds) // the person is typing already
	}
	return nil
}

// kind is the row of a licence.
func (f *licences) kind(l models.Licence) *row {
	words := l.Name
	if words == "" {
		words = "licence"
	}
	r := toggleRow(keySKU+l.SKU, l.SKU, words, l.Assigned)
	r.remark = func() (string, message.Tone) {
		switch {
		case r.on == l.Assigned:
			return units(l), message.Plain
		case r.on:
			return "to be assigned", message.Good
		default:
			return "to be revoked", message.Bad
		}
	}
	r.hint = func() string {
		text := l.SKU
		if l.Name != "" {
			text = l.Name + " (" + l.SKU + ")"
		}
		if used := units(l); used != "" {
			text += ": " + used
		}
		return text + "."
	}
	r.blocked = f.whyNot
	r.lines = func() []remark {
		all := f.account()
		if r.on && !l.Assigned && l.Total > 0 && l.Consumed >= l.Total {
			all = append([]remark{{"None is left: all of them are in use.", message.Bad}}, all...)
		}
		return all
	}
	return r
}

// whyNot says why nothing can be changed; "" when it can.
func (f *licences) whyNot() string { return f.env.Desk.Can(models.Modify, f.object) }

// units says how many of a licence are in use, where that is told.
func units(l models.Licence) string {
	if l.Total == 0 && l.Consumed == 0 {
		return ""
	}
	return english.Number(l.Consumed) + " of " + english.Number(l.Total) + " in use"
}

// account is what is known of the user's Microsoft 365 account.
func (f *licences) account() []remark {
	switch {
	case !f.known:
		return []remark{{text: "Asking the server for the licences."}}
	case f.wrong:
		return []remark{{f.remark, message.Bad}}
	case f.remark != "":
		return []remark{{text: f.remark}}
	}
	words := "The user has no Microsoft 365 account yet."
	if f.told.HasAccount {
		words = "The user has a Microsoft 365 account"
		if f.told.Location != "" {
			words += " in " + f.told.Location
		}
		if f.told.SignInBlocked == models.Yes {
			words += "; signing in with it is blocked"
		}
		words += "."
	}
	return []remark{{text: words}}
}

func (f *licences) counts() string {
	if n := len(f.changes()); n > 0 {
		return fmt.Sprintf("%d changed", n)
	}
	return ""
}

// checkSKU says what is wrong with a SKU that is typed.
func (f *licences) checkSKU(text string) string {
	text = strings.TrimSpace(text)
	if strings.ContainsFunc(text, func(r rune) bool {
		return r > '~' || r <= ' ' || strings.ContainsRune(`"'\,;{}[]<>`, r)
	}) {
		return "A SKU is letters, digits, _ and -: ENTERPRISEPACK."
	}
	for _, l := range f.told.Licences {
		if strings.EqualFold(l.SKU, text) {
			return "It is in the list above: switch it there."
		}
	}
	return ""
}

// changes are the licences that the person has touched.
func (f *licences) changes() []models.LicenceChange {
	var all []models.LicenceChange
	for i, l := range f.told.Licences {
		if r := f.kinds[i]; r.on != l.Assigned {
			all = append(all, models.LicenceChange{SKU: l.SKU, Assigned: r.on})
		}
	}
	if sku := strings.TrimSpace(f.typed.value()); sku != "" {
		all = append(all, models.LicenceChange{SKU: sku, Assigned: f.typedTo.value() == assignIt})
	}
	return all
}

func (f *licences) finish() ([]models.Change, bool, string) {
	changed := f.changes()
	if len(changed) == 0 {
		return nil, false, "Nothing has been changed: " + f.choosing.Spell("choice.toggle") + " assigns or revokes."
	}
	m := models.Modification{Licences: changed}
	return []models.Change{models.Change{Action: models.Modify, Modification: &m}.Of(f.object)}, false, ""
}
