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
	in := models.SignIn{
		Profile:     models.Profile{Name: "demo", URL: demoScheme(server.URL()), Account: server.Account(), ReadOnly: p.flags.readOnly},
		Password:    server.Password(),
		Fingerprint: server.Fingerprint(),
	}
	if demo.adaxes {
		in.Profile.URL, in.Profile.Account = adaxesScheme(server.AdaxesURL()), server.AdaxesUsername()
		in.Password = server.AdaxesPassword()
	}
	address, err := parseURL(in.Profile.URL)
	if err != nil {
		return models.SignIn{}, nil, errors.Join(err, server.Close())
	}
	in.Profile.URL = address.String()
	return in, server.Close, nil
}

// demoScheme turns https://HOST:PORT into the connection URL for DSM there.
func demoScheme(https string) string { return "synology" + https[len("https"):] }
