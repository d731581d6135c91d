package cli

import (
	"errors"

	"dirdesk/models"
	"dirdesk/simulator"
)

// startDemo serves the sample company from inside this process, on the
// loopback interface, and gives what signs in to it: with the whole company to
// DSM and to its directory over LDAPS, as a profile with a directory does. Its certificate is
// made at this moment and known by its fingerprint: nothing is trusted blindly.
func (p *program) startDemo(demo *demoFlags) (models.SignIn, func() error, error) {
	server, err := simulator.Start(simulator.Options{
		Listen: "127.0.0.1:0", Objects: demo.objects, Seed: demo.seed, LDAP: &simulator.LDAPOptions{},
	})
	if err != nil {
		return models.SignIn{}, nil, err
	}
	url, account, password := schemeOf(demo.scheme).demo(server)
	in := models.SignIn{
		Profile:     models.Profile{Name: "demo", Account: account, ReadOnly: p.flags.readOnly},
		Password:    password,
		Fingerprint: server.Fingerprint(),
	}
	address, err := parseURL(connectionURL(demo.scheme, url))
	if err != nil {
		return models.SignIn{}, nil, errors.Join(err, server.Close())
	}
	in.Profile.URL = address.String()
	if demo.company {
		in.Profile.Account, in.Password = server.LDAPName(), server.LDAPPassword(false)
		in.Profile.Directory = server.LDAPURL()
		if in.Profile.CAFile, err = server.CAFile(); err != nil {
			return models.SignIn{}, nil, errors.Join(err, server.Close())
		}
	}
	return in, server.Close, nil
}
