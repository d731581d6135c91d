package models

import (
	"strconv"
	"time"
)

// accountColumns are facts beyond DSM's listing. Only what asks for them by name
// shows them.
func accountColumns() []Column {
	return []Column{
		forAccounts(accountMoment("logon", "Last logon", "lastLogonTimestamp", func(a *Account) Expiry { return happened(a.LastLogon, true) })),
		accountMoment("created", "Created", "whenCreated", func(a *Account) Expiry { return happened(a.Created, false) }),
		accountMoment("changed", "Changed", "whenChanged", func(a *Account) Expiry { return happened(a.Changed, false) }),
		forAccounts(accountMoment("password-set", "Password set", "pwdLastSet", func(a *Account) Expiry { return happened(a.PasswordSet, a.MustChangePassword != Yes) })),
		forAccounts(accountMoment("password-expires", "Password expires", "msDS-UserPasswordExpiryTimeComputed", func(a *Account) Expiry { return a.PasswordExpires })),
		accountFlag("must-change", "Must change", func(a *Account) Flag { return a.MustChangePassword }),
		accountFlag("never-expires", "Password never expires", func(a *Account) Flag { return a.PasswordNeverExpires }),
		accountFlag("cannot-change", "Cannot change the password", func(a *Account) Flag { return a.CannotChangePassword }),
		memberColumn(),
		accountText("given", "First name", "givenName", 0, func(a *Account) string { return a.GivenName }),
		accountText("surname", "Last name", "sn", 0, func(a *Account) string { return a.Surname }),
		accountText("sid", "SID", "objectSid", 0, func(a *Account) string { return a.SID }),
		accountText("guid", "GUID", "objectGUID", 0, func(a *Account) string { return a.GUID }),
	}
}

// happened is a moment that the directory keeps. Where none is kept, it never
// happened, or nobody knows.
func happened(t time.Time, elseNever bool) Expiry {
	switch {
	case !t.IsZero():
		return ExpiryAt(t)
	case elseNever:
		return Never()
	default:
		return Expiry{}
	}
}

func isAccount(o *Object) bool { return o.Category == Person || o.Category == Computer }

// forAccounts is a column of what only people and computers have.
func forAccounts(c Column) Column {
	c.Applies = isAccount
	return c
}

func isTold(o *Object) bool { return o.Account != nil }

// accountText is a column of text that only a connection which tells accounts has.
func accountText(id, title, attribute string, fact int, get func(a *Account) string) Column {
	return Column{ID: id, Title: title, Attribute: attribute, Fact: fact, Told: isTold, Text: func(o *Object, _ time.Time) string {
		if o.Account == nil {
			return ""
		}
		return get(o.Account)
	}}
}

// accountMoment is a column of a point in time.
func accountMoment(id, title, attribute string, get func(a *Account) Expiry) Column {
	moment := func(o *Object) Expiry {
		if o.Account == nil {
			return Expiry{}
		}
		return get(o.Account)
	}
	return Column{ID: id, Title: title, Attribute: attribute, Moment: moment, Text: plainText(func(o *Object) string { return moment(o).String() })}
}

// accountFlag is a column of yes or no. No attribute has its name: it is in bits.
func accountFlag(id, title string, get func(a *Account) Flag) Column {
	return forAccounts(flagColumn(id, title, "", 0, func(o *Object) Flag {
		if o.Account == nil {
			return Unknown
		}
		return get(o.Account)
	}))
}

func memberColumn() Column {
	number := func(o *Object) (int, bool) {
		if o.Account == nil || o.Account.Members < 0 {
			return 0, false
		}
		return o.Account.Members, true
	}
	return Column{ID: "members", Title: "Members", Number: number, Applies: func(o *Object) bool { return o.Category == Group }, Text: plainText(func(o *Object) string {
		if n, known := number(o); known {
			return strconv.Itoa(n)
		}
		return ""
	})}
}

// flagColumn is a column of yes or no, told where it is known.
func flagColumn(id, title, key string, fact int, get func(o *Object) Flag) Column {
	return Column{
		ID: id, Title: title, Key: key, Fact: fact, Flag: get,
		Text: func(o *Object, _ time.Time) string {
			if f := get(o); f.Known() {
				return f.Label()
			}
			return ""
		},
		Value: func(o *Object) any {
			if f := get(o); f.Known() {
				return f == Yes
			}
			return nil
		},
	}
}
