package simulator_test

import (
	"fmt"
	"strings"

	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/simulator/fault"
)

// A server of its own for a test of a client: an address, an account, faults on
// demand, and the directory itself to look at what became of it.
func ExampleStart() {
	server, err := simulator.Start(simulator.Options{Objects: 3, Seed: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer server.Close()
	fmt.Println(strings.HasPrefix(server.URL(), "https://127.0.0.1:"), server.Account(), server.BaseDN())

	// The next request finds a proxy whose backend is gone.
	server.Inject(fault.Spec{Kind: fault.HTML502, API: "*", Method: "*", Nth: 1})

	page, err := server.Directory().List(models.ListRequest{Base: server.LargeDN()})
	fmt.Println(page.Total, err)
	// Output:
	// true admin DC=corp,DC=example,DC=com
	// 3 <nil>
}
