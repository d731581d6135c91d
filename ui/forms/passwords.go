package forms

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk/password"
	"dirdesk/internal/english"
	"dirdesk/models"
	"dirdesk/ui/message"
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
	spaced bool // it was asked whether the spaces of a typed one are meant
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
		option{madeForMe, "made for me", "readable, and shown to you afterwards"},
		option{typedIn, "typed", "you type it twice"})
	p.kind.lines = p.preview
	p.first, p.again = secretRow(keyTyped, "New password"), secretRow(keyAgain, "Once more")
	for _, r := range []*row{p.first, p.again} {
		r.hidden = func() bool { return p.kind.value() != typedIn }
	}
	p.first.hint, p.first.lines, p.first.check = p.rules, p.verdict, p.checkFirst
	p.first.remark = func() (string, message.Tone) {
		if p.first.value() == "" || len(p.broken()) > 0 || !p.rulesMet() {
			return "", message.Plain
		}
		return "within the rules", message.Good
	}
	p.again.check = func(text string) string {
		if text != p.first.value() {
			return "The two are not the same."
		}
		return ""
	}
	p.first.changed = func() { p.spaced = false }
	p.again.hint = says("The same once more, so that a slip is found.")
	p.again.remark = func() (string, message.Tone) {
		if p.again.value() == "" || p.again.complaint() != "" {
			return "", message.Plain
		}
		return "the same", message.Good
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
		text := p.first.value()
		if asked := p.spaced; !asked && strings.TrimSpace(text) != text {
			p.spaced = true
			return models.Secret{}, errors.New("the password begins or ends with a space: go on once more to use it as it was typed, or type it again")
		}
		return models.NewSecret(text), nil
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
		return []remark{{trouble.Line("No password could be made", err), message.Bad}}
	}
	return []remark{{"It will be: " + made.Reveal(), message.Good}}
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

// rulesMet reports whether it may be said that rules are met: they are known,
// and the server has not refused what is typed.
func (p *passwords) rulesMet() bool { return p.policy.Known && len(p.form.refusal) == 0 }

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
		all = append(all, remark{english.Own(b).Sentence(), message.Bad})
	}
	if len(all) == 0 && p.rulesMet() {
		all = append(all, remark{fmt.Sprintf("All rules are met (%d characters).", utf8.RuneCountInString(p.first.value())), message.Good})
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

// SetPassword asks for a new password for a user. Enter alone gives a made one.
func SetPassword(env Env, o models.Object) Form {
	f := newSheet(env, "Set password: "+o.Called())
	p := newPasswords(f, func() []string { return []string{o.SAMAccountName, cmp.Or(o.DisplayName, o.Name)} })
	must := toggleRow(keyMust, "Must change", "at the next logon", false)
	must.hint = says("The person signs in with this password once, and then chooses one of their own.")
	must.blocked = func() string { return cannotMustChange(f.env.Desk, o) }
	must.on = must.block() == ""
	f.rows = append(f.rows, must)
	together := newTogether(f, o, must)
	var unlock *row
	if together == nil && o.Locked == models.Yes {
		unlock = toggleRow(keyUnlock, "Unlock", "the account is locked now", false)
		unlock.hint = says("Wrong passwords have locked it; a new password alone does not open it.")
		unlock.blocked = func() string { return f.env.Desk.Can(models.Unlock, o) }
		unlock.on = unlock.block() == ""
		f.rows = append(f.rows, unlock)
	}
	f.receive = func(msg tea.Msg) tea.Cmd {
		p.receive(msg)
		return nil
	}
	f.build = func() ([]models.Change, bool, string) {
		password, err := p.secret()
		if err != nil {
			return nil, false, err.Error()
		}
		change := models.Change{Action: models.SetPassword, Password: password}.Of(o)
		if f.env.Desk.CanMustChange() {
			change.MustChange = models.FlagOf(must.on)
		}
		if together != nil {
			change.Options = together.options()
		}
		changes := []models.Change{change}
		if unlock != nil && unlock.on {
			changes = append(changes, models.Change{Action: models.Unlock}.Of(o))
		}
		return changes, p.isMade(), ""
	}
	return f
}

// cannotMustChange is why a password cannot be one to change at the next logon.
func cannotMustChange(d Desk, o models.Object) string {
	switch a := o.Account; {
	case !d.CanMustChange():
		if why := d.Can(models.SetMustChange, o); why != "" {
			return why
		}
		return "this connection cannot ask for it when a password is set"
	case a != nil && a.CannotChangePassword == models.Yes:
		return "this user may not change the password"
	case a != nil && a.PasswordNeverExpires == models.Yes:
		return "this password never expires"
	}
	return ""
}
