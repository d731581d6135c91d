package company

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	"dirdesk/models"
)

const workstation = models.UACWorkstation

// makeDevices makes a laptop for every fourth person, and the servers.
func (b *builder) makeDevices() error {
	r := b.random(partDevices)
	for i := range cities {
		c := &cities[i]
		here := b.choose(func(m member) bool { return m.city == c.name })
		for n := range c.people / 4 {
			owner := pick(r, here).RDN().Value
			system := pick(r, []string{"Windows 11 Enterprise", "Windows 11 Enterprise", "Windows 10 Enterprise", "macOS"})
			name := fmt.Sprintf("LT-%s-%04d", c.code, n+1)
			if err := b.addComputer(r, "Devices/Laptops", name, system, owner+"'s laptop, "+c.name); err != nil {
				return err
			}
		}
	}
	for i, role := range words(`dc-backup files1 files2 files3 print1 print2 erp-db erp-app crm web1 web2 mail-gw vpn1 vpn2 radius backup1 backup2 monitor
		build1 build2 build3 licence wsus nvr1 nvr2 badge test-db test-app legacy-fax`) {
		c := cities[i%3]
		if err := b.addComputer(r, "Devices/Servers", fmt.Sprintf("SRV-%s-%02d", c.code, i+1), "Windows Server 2022 Standard", role+" in "+c.name); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) addComputer(r *rand.Rand, path, name, system, about string) error {
	uac, seen := workstation, between(r, time.Hour, 25*day)
	if r.IntN(15) == 0 { // gone from the network, and half of those cleared up after
		seen = between(r, 120*day, 700*day)
		uac |= r.IntN(2) * 2
	}
	err := b.directory.Add(b.units[path].Child("CN", name), "computer", map[string][]string{
		"sAMAccountName":     {name + "$"},
		"dNSHostName":        {name + "." + b.realm},
		"operatingSystem":    {system},
		"description":        {about},
		"userAccountControl": {strconv.Itoa(uac)},
		"pwdLastSet":         {b.ago(seen)},
		"lastLogonTimestamp": {b.ago(seen)},
		"whenCreated":        {b.before(between(r, 700*day, 1500*day))},
	})
	if err == nil {
		b.summary.Computers++
	}
	return err
}
