package cli

import (
	"errors"

	"dirdesk/models"
	"dirdesk/simulator"
)

// startDemo serves the sample company from inside this process, over HTTPS on
// the loopback interface, and gives what signs in to it. Its certificate is
// made at this moment and known by its fingerprint: nothing is trusted blindly.
func (p *program) startDemo(demo *demoFlags) (models.SignIn, func() error, error) {
	server, err := simulator.Start(simulator.Options{Listen: "127.0.0.1:0", Objects: demo.objects, Seed: demo.seed})
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
	return in, server.Close, nil
}
