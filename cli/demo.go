package cli

import (
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
	address, err := parseURL(demoScheme(server.URL()))
	if err != nil {
		return models.SignIn{}, nil, err
	}
	return models.SignIn{
		Profile: models.Profile{
			Name: "demo", URL: address.String(), Account: server.Account(), ReadOnly: p.flags.readOnly,
		},
		Password:    server.Password(),
		Fingerprint: server.Fingerprint(),
	}, server.Close, nil
}

// demoScheme turns https://HOST:PORT into the connection URL for it.
func demoScheme(https string) string {
	return "synology" + https[len("https"):]
}
