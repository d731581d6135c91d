// Package company fills a directory with a believable company: the sample data
// of the simulator. The same seed always makes the same company.
package company

import (
	"dirdesk/models"
	"dirdesk/simulator/directory"
)

// Options say which company to make.
type Options struct {
	Seed  int64
	Large int // users in OU=Large; 0 makes it and leaves it empty
}

// Summary says what was made.
type Summary struct {
	LargeDN            models.DN // the container with exactly Options.Large users
	Users, Groups, OUs int       // in all, those in OU=Large included
}

// Fill adds the company to d, which must be fresh.
func Fill(d *directory.Directory, o Options) (Summary, error) {
	s := Summary{LargeDN: d.BaseDN().Child("OU", "Large"), OUs: 1}
	if err := d.Add(s.LargeDN, "organizationalUnit", nil); err != nil {
		return s, err
	}
	return s, nil
}
