package desk

import (
	"context"

	"dirdesk/desk/journal"
	"dirdesk/models"
)

// entryOf is what the journal says of a step before it is sent.
func (d *Desk) entryOf(ctx context.Context, s Step, plan Plan) journal.Entry {
	c := s.Change
	about := d.backend.About()
	e := journal.Entry{
		Time: d.options.Now().UTC(), Operator: d.options.Operator, Backend: about.Backend, Server: about.URL,
		Realm: d.realmOf(ctx), Ticket: d.Ticket(), Undoes: plan.undoes,
		Action: c.Action, DN: c.DN, Name: called(c), Category: categoryOf(c), Fields: entryFields(s),
	}
	if e.Operator.Account == "" {
		e.Operator.Account = about.Account
	}
	if c.Action == models.AddMembers || c.Action == models.RemoveMembers {
		e.Members = c.Members
	}
	if c.Action == models.Modify {
		noteModification(&e, s)
	}
	if c.Action == models.Delete && s.before.Account != nil {
		e.Groups = s.before.Account.MemberOf
	}
	return e
}

func categoryOf(c models.Change) models.Category {
	switch c.Action {
	case models.CreateUser:
		return models.Person
	case models.CreateGroup:
		return models.Group
	case models.CreateOU:
		return models.OrganizationalUnit
	default:
		return c.Category
	}
}

// Names of values in the journal that are no models.Field.
const (
	valueLogon        = "sAMAccountName"
	valueDisabled     = "disabled"
	valueLocked       = "locked"
	valueExpires      = "accountExpires"
	valueMustChange   = "mustChangePassword"
	valueCannotChange = "cannotChangePassword"
	valueNeverExpires = "passwordNeverExpires"
	valuePassword     = "password"
	valueName         = "name"
	valueParent       = "parent"
	valueScope        = "scope"
	valueType         = "type"
)

// entryFields are the values of a step before and after, for the journal.
func entryFields(s Step) []journal.Field {
	c := s.Change
	switch c.Action {
	case models.CreateUser:
		return newUserEntry(*c.User)
	case models.CreateGroup:
		g := c.Group
		return afters(valueLogon, g.Name, valueScope, string(g.Scope), valueType, string(g.Type),
			string(models.FieldMail), g.Mail, string(models.FieldDescription), g.Description)
	case models.CreateOU:
		return afters(valueName, called(c), string(models.FieldDescription), c.Description)
	case models.Edit:
		var all []journal.Field
		for _, f := range c.Fields {
			all = append(all, journal.Field{Field: string(f.Field), Before: f.Before, Known: f.BeforeKnown, After: f.After})
		}
		return all
	case models.SetPassword:
		all := []journal.Field{{Field: valuePassword, After: "changed"}}
		if c.MustChange.Known() {
			all = append(all, flagEntry(valueMustChange, mustChange(s.before), c.MustChange))
		}
		return append(all, optionEntries(s)...)
	case models.Enable, models.Disable:
		return []journal.Field{flagEntry(valueDisabled, s.before.Disabled, models.FlagOf(c.Action == models.Disable))}
	case models.Unlock:
		return []journal.Field{flagEntry(valueLocked, s.before.Locked, models.No)}
	case models.SetExpiry:
		before := s.before.AccountExpiry
		return []journal.Field{{Field: valueExpires, Before: before.String(), Known: before.Known(), After: c.Expiry.String()}}
	case models.SetMustChange:
		return []journal.Field{flagEntry(valueMustChange, mustChange(s.before), c.MustChange)}
	case models.Rename:
		return []journal.Field{{Field: valueName, Before: c.DN.RDN().Value, Known: true, After: c.NewName}}
	case models.Move:
		return []journal.Field{{Field: valueParent, Before: string(c.DN.Parent()), Known: true, After: string(c.NewParent)}}
	case models.Delete:
		return deletedEntry(s.before)
	default:
		return nil
	}
}

func newUserEntry(u models.NewUser) []journal.Field {
	all := afters(valueLogon, u.LogonName)
	for _, f := range newUserFields(u) {
		all = append(all, journal.Field{Field: string(f.Field), Known: true, After: f.After})
	}
	return append(all, afters(valuePassword, "set", valueDisabled, yes(u.Disabled), valueMustChange, yes(u.MustChange),
		valueCannotChange, yes(u.CannotChange), valueNeverExpires, yes(u.NeverExpires))...)
}

// deletedEntry keeps what a new object of the same kind needs.
func deletedEntry(o models.Object) []journal.Field {
	all := []journal.Field{{Field: valueLogon, Before: o.SAMAccountName, Known: true}}
	for _, f := range models.Fields() {
		if now, known := f.Of(o); known && now != "" {
			all = append(all, journal.Field{Field: string(f), Before: now, Known: true})
		}
	}
	if o.Disabled == models.Yes {
		all = append(all, journal.Field{Field: valueDisabled, Before: "yes", Known: true})
	}
	if o.AccountExpiry.Known() && !o.AccountExpiry.IsNever() {
		all = append(all, journal.Field{Field: valueExpires, Before: o.AccountExpiry.String(), Known: true})
	}
	return all
}

func flagEntry(field string, before, after models.Flag) journal.Field {
	e := journal.Field{Field: field, Known: before.Known(), After: after.Words()}
	if e.Known {
		e.Before = before.Words()
	}
	return e
}

// afters are values that were not there before: names and values in turn.
func afters(pairs ...string) []journal.Field {
	var all []journal.Field
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			all = append(all, journal.Field{Field: pairs[i], Known: true, After: pairs[i+1]})
		}
	}
	return all
}

// realmOf is the domain's name, asked for once.
func (d *Desk) realmOf(ctx context.Context) string {
	d.mu.Lock()
	realm := d.realm
	d.mu.Unlock()
	if realm != "" {
		return realm
	}
	info, err := d.backend.Info(ctx)
	if err != nil {
		return "" // the DN names the domain too
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.realm = info.Realm
	return info.Realm
}

// Policy is the domain's password policy, read once; its Known is false where
// the connection cannot tell.
func (d *Desk) Policy(ctx context.Context) (models.PasswordPolicy, error) {
	reader, ok := Ability[PolicyReader](d.backend)
	if !ok {
		return models.PasswordPolicy{}, nil
	}
	d.mu.Lock()
	known := d.policy
	d.mu.Unlock()
	if known != nil {
		return *known, nil
	}
	policy, err := reader.PasswordPolicy(ctx)
	if err != nil {
		return models.PasswordPolicy{}, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.policy = &policy
	return policy, nil
}
