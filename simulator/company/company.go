// Package company fills a directory with a believable company: the sample data
// of the simulator. The same seed always makes the same company, with all times
// counted back from the directory's clock.
package company

import (
	"math/rand/v2"
	"time"

	"dirdesk/models"
	"dirdesk/simulator/directory"
)

// Options say which company to make.
type Options struct {
	Seed  int64
	Large int // users in OU=Large; 0 makes it and leaves it empty
}

// Summary says what was made. The counts do not include what every domain has.
type Summary struct {
	LargeDN models.DN // the container with exactly Options.Large users and nothing else
	OddDN   models.DN // the container with the names that are hard to show
	Users   int       // in all, those in OU=Large included
	Groups  int
	OUs     int

	Computers int
}

// Policy is the company's account policy. Its lockouts last longer than most, so
// that a demonstration does not run out of locked accounts.
func Policy() directory.Policy {
	p := directory.DefaultPolicy()
	p.LockoutThreshold = 5
	p.LockoutDuration = 8 * time.Hour
	p.LockoutWindow = time.Hour
	p.MaxPasswordAge = 90 * day
	p.MinPasswordLength = 10
	return p
}

// HelpDesk is the logon name of the account whose rights are few: it may reset
// passwords, unlock, and edit telephone and office below OU=Staff.
const HelpDesk = "helpdesk"

const day = 24 * time.Hour

// builder carries what the parts of the company need from one another.
type builder struct {
	directory *directory.Directory
	base      models.DN
	realm     string
	seed      int64
	now       time.Time
	summary   Summary
	logons    map[string]bool            // taken, in lower case
	units     map[string]models.DN       // by the path of names, "Staff/Europe/Vienna"
	names     map[string]map[string]bool // common names taken, by the path of the unit
	staff     []member
	teams     []team
}

// team is who leads some people, and who is the next of them.
type team struct{ head, second models.DN }

// member is somebody who may be put into groups.
type member struct {
	dn         models.DN
	department string
	city       string
}

// Fill adds the company to d, which must be fresh, and sets [Policy]. 99,999
// users in OU=Large take about a second.
func Fill(d *directory.Directory, o Options) (Summary, error) {
	b := &builder{
		directory: d,
		base:      d.BaseDN(),
		realm:     d.Info().Realm,
		seed:      o.Seed,
		now:       d.Now().Truncate(time.Second),
		logons:    make(map[string]bool),
		units:     make(map[string]models.DN),
		names:     make(map[string]map[string]bool),
	}
	d.SetPolicy(Policy())
	for _, step := range []func() error{
		b.makeUnits, b.makeStaff, b.makeContractors, b.makeLeavers, b.makeServiceAccounts,
		b.makeOddNames, b.makeDevices, b.makeGroups,
		func() error { return b.makeLarge(o.Large) },
		b.makeReal,
	} {
		if err := step(); err != nil {
			return b.summary, err
		}
	}
	return b.summary, nil
}

// random is a stream of its own for each part, so that a change to one part
// leaves the others as they were.
func (b *builder) random(part uint64) *rand.Rand {
	return rand.New(rand.NewPCG(uint64(b.seed), part))
}

// The parts that draw at random.
const (
	partStaff uint64 = iota + 1
	partContractors
	partLeavers
	partServices
	partOdd
	partDevices
	partGroups
	partLarge
)

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }
