package forms

import (
	"cmp"

	tea "charm.land/bubbletea/v2"

	"dirdesk/models"
)

// SetPassword asks for a new password for a user. Enter alone gives a made one.
func SetPassword(env Env, o models.Object) Form {
	f := newSheet(env, "Set password: "+name(o))
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
		change := models.Change{
			Action: models.SetPassword, DN: o.DN, Name: name(o), Category: o.Category,
			Password: password,
		}
		if f.env.Desk.CanMustChange() {
			change.MustChange = models.FlagOf(must.on)
		}
		if together != nil {
			change.Options = together.options()
		}
		changes := []models.Change{change}
		if unlock != nil && unlock.on {
			changes = append(changes, models.Change{Action: models.Unlock, DN: o.DN, Name: name(o), Category: o.Category})
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
