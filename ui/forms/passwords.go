package forms

import (
	"fmt"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk/password"
	"dirdesk/internal/english"
	"dirdesk/models"
	"dirdesk/ui/trouble"
)

// passwords is the part of a form that gives a password: one that dirdesk makes,
// or one that is typed twice.
type passwords struct {
	form  *sheet
	names func() []string // the account's, which may be no part of it

	kind, first, again *row

	policy models.PasswordPolicy
	known  bool   // the policy, or that it cannot be known
	why    string // it could not be read
	made   models.Secret
}

// policyMsg is the domain's password policy.
type policyMsg struct {
	passwords *passwords
	policy    models.PasswordPolicy
	err       error
}

const (
	madeForMe = "made"
	typedIn   = "typed"
)

func newPasswords(f *sheet, names func() []string) *passwords {
	p := &passwords{form: f, names: names}
	p.kind = choiceRow(keyPassword, "Password",
		option{madeForMe, "made for me", "readable, within the domain's rules; shown to you afterwards"},
		option{typedIn, "typed", "you type it twice"})
	p.kind.lines = p.preview
	p.first, p.again = secretRow(keyTyped, "New password"), secretRow(keyAgain, "Once more")
	for _, r := range []*row{p.first, p.again} {
		r.hidden = func() bool { return p.kind.value() != typedIn }
	}
	p.first.hint, p.first.lines, p.first.check = p.rules, p.verdict, p.checkFirst
	p.first.remark = func() (string, tone) {
		if p.first.value() == "" || len(p.broken()) > 0 {
			return "", plain
		}
		return "within the rules", good
	}
	p.again.check = func(text string) string {
		if text != p.first.value() {
			return "The two are not the same."
		}
		return ""
	}
	p.again.hint = says("The same once more, so that a slip is found.")
	p.again.remark = func() (string, tone) {
		if p.again.value() == "" || p.again.complaint() != "" {
			return "", plain
		}
		return "the same", good
	}
	f.rows = append(f.rows, p.kind, p.first, p.again)
	f.start = append(f.start, p.read)
	f.waiting = func() bool { return !p.known }
	f.keys, f.wipe = p.press, func() { p.made = models.Secret{} }
	f.extra = [2]string{"form.show", "show"}
	return p
}

func (p *passwords) read() tea.Msg {
	policy, err := p.form.env.Desk.Policy(p.form.ctx)
	return policyMsg{p, policy, err}
}

// receive acts on a message; false when it is for another.
func (p *passwords) receive(msg tea.Msg) bool {
	m, ok := msg.(policyMsg)
	if !ok || m.passwords != p {
		return false
	}
	p.known, p.policy = true, m.policy
	if m.err != nil {
		p.why = trouble.Line("The policy could not be read", m.err)
	}
	return true
}

func (p *passwords) press(id string) bool {
	switch {
	case id == "form.show":
		p.form.revealed = !p.form.revealed
	case id == "form.make" && p.kind.value() == madeForMe:
		p.made = models.Secret{}
	default:
		return false
	}
	return true
}

// secret is the password as it stands, made now when none was yet.
func (p *passwords) secret() (models.Secret, error) {
	if p.kind.value() == typedIn {
		return models.NewSecret(p.first.value()), nil
	}
	if !p.made.Empty() && len(password.Check(p.policy, p.made, p.names()...)) == 0 {
		return p.made, nil
	}
	made, err := password.Make(p.policy, p.names()...)
	p.made = made
	return made, err
}

// preview shows the made password to who asks for it.
func (p *passwords) preview() []remark {
	switch {
	case p.kind.value() != madeForMe:
		return nil
	case !p.form.revealed:
		return []remark{{text: p.form.typing.Hints(", ", "form.show", "shows the made one now", "form.make", "makes another") + "."}}
	case !p.known:
		return []remark{{text: "Waiting for the domain's password policy."}}
	}
	made, err := p.secret()
	if err != nil {
		return []remark{{trouble.Line("No password could be made", err), bad}}
	}
	return []remark{{"It will be: " + made.Reveal(), good}}
}

// rules are what the domain asks of a password, in one sentence.
func (p *passwords) rules() string {
	switch {
	case !p.known:
		return "Asking the domain for its rules."
	case p.why != "":
		return p.why
	case !p.policy.Known:
		return "This connection does not tell the domain's rules; the server decides."
	}
	var rules []string
	if p.policy.MinLength > 0 {
		rules = append(rules, fmt.Sprintf("at least %d characters", p.policy.MinLength))
	}
	if p.policy.Complexity {
		rules = append(rules, "three of capitals, small letters, digits and others", "no part of the account's name")
	}
	if len(rules) == 0 {
		return "The domain has no rules for passwords."
	}
	return "Rules: " + strings.Join(rules, "; ") + "."
}

// broken are the rules that the typed password breaks.
func (p *passwords) broken() []string {
	return password.Check(p.policy, models.NewSecret(p.first.value()), p.names()...)
}

// verdict is which rules a password breaks so far.
func (p *passwords) verdict() []remark {
	if p.first.value() == "" {
		return nil
	}
	var all []remark
	for _, b := range p.broken() {
		all = append(all, remark{english.Own(b).Sentence(), bad})
	}
	if len(all) == 0 && p.policy.Known {
		all = append(all, remark{fmt.Sprintf("All rules are met (%d characters).", utf8.RuneCountInString(p.first.value())), good})
	}
	return all
}

func (p *passwords) checkFirst(text string) string {
	if text == "" {
		return "Type the new password."
	}
	if broken := p.broken(); len(broken) > 0 {
		return broken[0]
	}
	return ""
}

// isMade reports whether dirdesk makes the password.
func (p *passwords) isMade() bool { return p.kind.value() == madeForMe }
