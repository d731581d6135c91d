package forms

import (
	"cmp"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/models"
)

// NewUser asks for a new user.
func NewUser(env Env) Form {
	f := newSheet(env, "New user")
	u := &newUser{form: f}
	u.given = textRow(keyGiven, "First name", "")
	u.surname = textRow(keySurname, "Last name", "")
	u.logon = textRow(keyLogon, "Logon name", "")
	u.mail = textRow(keyMail, "Mail", "")
	u.location = locationRow(f, string(env.Container))
	u.description = textRow(keyDescribed, "Description", "")
	u.rules()
	f.rows = []*row{u.given, u.surname, u.logon, u.mail, u.location, u.description}
	u.passwords = newPasswords(f, func() []string { return []string{u.logon.value(), u.display()} })
	u.flags()
	u.name = newNameCheck(f, u.logon)
	u.name.next = u.numbered
	u.pattern = cmp.Or(env.Desk.MailPattern(), desk.SharedMailPattern(env.Beside))
	f.after = u.answered
	f.receive = func(msg tea.Msg) tea.Cmd {
		if cmd, mine := u.name.receive(msg); mine {
			return cmd
		}
		u.passwords.receive(msg)
		return nil
	}
	f.build = u.build
	return f
}

// newUser is the form of a new user.
type newUser struct {
	form      *sheet
	passwords *passwords
	name      *nameCheck
	pattern   models.MailPattern // by which an address is proposed; "" for none

	given, surname, logon, mail, location, description *row
	must, cannot, never, disabled                      *row
}

func (u *newUser) rules() {
	for r, field := range map[*row]models.Field{
		u.given: models.FieldGivenName, u.surname: models.FieldSurname, u.mail: models.FieldMail,
		u.description: models.FieldDescription,
	} {
		r.check = fieldCheck(field)
	}
	u.logon.check = func(text string) string {
		if text == "" {
			return "A user needs a logon name."
		}
		return desk.CheckLogonName(text)
	}
	u.logon.hint = func() string {
		if u.logon.byHand {
			return "What the person types to sign in: at most 20 characters."
		}
		return "Made of the names, until you change it: what the person types to sign in."
	}
	u.mail.hint = func() string {
		switch {
		case !u.mail.proposed():
			return "May be left empty."
		case u.form.env.Desk.MailPattern() != "":
			return "Proposed, as this connection's profile says: what you type replaces it."
		default:
			return "Proposed, as the others here have theirs: what you type replaces it."
		}
	}
	u.given.hint = says("The logon name is made of the names.")
	u.surname.hint = u.given.hint
	u.description.hint = says("One line that administrators see; may be left empty.")
}

// flags adds the yes and no of the account. Active Directory refuses some of
// them together; the later one cannot be chosen while the other is on.
func (u *newUser) flags() {
	u.must = toggleRow(keyMust, "Must change", "at the next logon", true)
	u.cannot = toggleRow(keyCannot, "Cannot change", "only administrators change the password", false)
	u.never = toggleRow(keyNever, "Never expires", "the password may grow old", false)
	u.disabled = toggleRow(keyDisabled, "Disabled", "the account cannot be used yet", false)
	u.must.hint = says("The password is good for one logon, at which the person chooses their own.")
	u.cannot.hint = says("For accounts that several people or a device share.")
	u.never.hint = says("For accounts of services: nobody is there to change it.")
	u.disabled.hint = says("It is made, but nobody can sign in until it is enabled.")
	u.must.blocked = func() string {
		switch {
		case u.cannot.on:
			return `it contradicts "cannot change": switch that off first`
		case u.never.on:
			return `it contradicts "never expires": switch that off first`
		}
		return ""
	}
	contradicted := func() string {
		if u.must.on {
			return `it contradicts "must change": switch that off first`
		}
		return ""
	}
	u.cannot.blocked, u.never.blocked = contradicted, contradicted
	u.form.rows = append(u.form.rows, u.must, u.cannot, u.never, u.disabled)
}

// answered derives what the person has not typed themselves.
func (u *newUser) answered(r *row) tea.Cmd {
	switch r {
	case u.given, u.surname:
		u.name.tried = 0
		u.logon.propose(u.derived())
	case u.logon:
	default:
		return nil
	}
	u.address()
	return u.name.typed()
}

func (u *newUser) derived() string {
	return desk.DeriveLogonName(strings.TrimSpace(u.given.value()), strings.TrimSpace(u.surname.value()))
}

// numbered proposes the logon name with a number, as it is taken without.
func (u *newUser) numbered(n int) tea.Cmd {
	u.logon.propose(desk.NextLogonName(u.derived(), n))
	u.address()
	return u.name.typed()
}

// address proposes a mail address where there is a pattern for it.
func (u *newUser) address() {
	made := desk.MailAddress(u.pattern, u.given.value(), u.surname.value(), u.logon.value())
	u.mail.propose(desk.FreeMailAddress(made, u.form.env.Beside))
}

func (u *newUser) display() string {
	return strings.Join(strings.Fields(u.given.value()+" "+u.surname.value()), " ")
}

func (u *newUser) build() ([]models.Change, bool, string) {
	container := trimmedDN(u.location)
	user := models.NewUser{
		Container: models.Ref{DN: container}, LogonName: u.logon.value(),
		GivenName: strings.TrimSpace(u.given.value()), Surname: strings.TrimSpace(u.surname.value()),
		DisplayName: u.display(), Mail: strings.TrimSpace(u.mail.value()),
		Description: strings.TrimSpace(u.description.value()),
		Disabled:    u.disabled.on, MustChange: u.must.on, CannotChange: u.cannot.on, NeverExpires: u.never.on,
	}
	if wrong := u.form.faulty(desk.CheckNewUser(user), userRows()); wrong != "" {
		return nil, false, wrong
	}
	password, err := u.passwords.secret()
	if err != nil {
		return nil, false, err.Error()
	}
	return []models.Change{{
		// The desk names the object: what it is called depends on the connection.
		Action: models.CreateUser, Name: user.LogonName,
		Category: models.Person, User: &user, Password: password,
	}}, u.passwords.isMade(), ""
}

// userRows are the rows of the fields of models.NewUser.
func userRows() map[string]string {
	return map[string]string{
		"Container": keyLocation, "LogonName": keyLogon, "GivenName": keyGiven, "Surname": keySurname,
		"DisplayName": keySurname, "Mail": keyMail, "Description": keyDescribed,
		"MustChange": keyMust, "CannotChange": keyCannot, "NeverExpires": keyNever, "Disabled": keyDisabled,
	}
}
