//go:build samba

package directory_test

import (
	"dirdesk/models"
)

// operator is what the operations are tried on: the directory here, and a real
// one.
type operator interface {
	writer
	AddAccount(dn models.DN, class string, attributes map[string][]string, secret models.Secret) error
	Bind(account, password string) error
	SetPassword(dn models.DN, secret models.Secret, mustChange bool) error
	ChangePassword(dn models.DN, old, secret models.Secret) error
	Read(dn models.DN) error
	List(base models.DN) error
	LockAfter(wrong int) error
}

// operation is one thing that a program asks of a domain. Those of a section
// follow one another on one OU=Staff, as prepareForWrites makes it.
type operation struct {
	name string
	do   func(operator) error
	// absent says why the directory in memory has nothing like it: it is no LDAP
	// server.
	absent string
	// raw is the operation over LDAP, where the directory in memory alone has none.
	raw func(overLDAP) error
}

type section struct {
	name       string
	operations []operation
}

const (
	noServer  = "there is no LDAP here: connections are the DSM face's"
	noFilters = "there are no filters and controls here: DSM's listing has none of AD's"
	noUnicode = "passwords are not written as an attribute here"
	noValues  = "attributes are replaced as a whole here"
	noRDN     = "a rename gives a new value only"
)

func op(name string, do func(operator) error) operation { return operation{name: name, do: do} }

// only is an operation that takes LDAP.
func only(why, name string, raw func(overLDAP) error) operation {
	return operation{name: name, absent: why, raw: raw}
}

func missing(why string, names ...string) []operation {
	var all []operation
	for _, name := range names {
		all = append(all, operation{name: name, absent: why})
	}
	return all
}

const (
	first  = "First-Kettle-1"
	second = "Second-Kettle-2"
	newly  = "CN=Bo Ek," + staff
	ghost  = "CN=Ghost," + staff
	nopwd  = "CN=No Pwd," + staff
	admin  = "CN=Administrator," + users
)

func modify(dn string, pairs ...string) func(operator) error {
	return func(d operator) error { return d.Modify(models.DN(dn), attributes(pairs...)) }
}

func signOn(account, password string) func(operator) error {
	return func(d operator) error { return d.Bind(account, password) }
}

func create(dn, class string, pairs ...string) func(operator) error {
	return func(d operator) error { return d.Add(models.DN(dn), class, attributes(pairs...)) }
}

func setting(dn, password string) func(operator) error {
	return func(d operator) error { return d.SetPassword(models.DN(dn), models.NewSecret(password), false) }
}

func drop(dn string) func(operator) error {
	return func(d operator) error { return d.Delete(models.DN(dn)) }
}

func join(group, member string) func(operator) error {
	return func(d operator) error { return d.AddMember(models.DN(group), models.DN(member)) }
}

func leave(group, member string) func(operator) error {
	return func(d operator) error { return d.RemoveMember(models.DN(group), models.DN(member)) }
}

func person(dn, logon, password string) func(operator) error {
	return func(d operator) error {
		return d.AddAccount(models.DN(dn), "user", attributes("sAMAccountName", logon, "userAccountControl", "512"), models.NewSecret(password))
	}
}
