package dsm

import "dirdesk/models"

// object is one member of a listing's data, its members in alphabetical order
// as DSM sends them. Which category has which members follows the captured
// person; for the others it is a guess.
type object struct {
	AccountExpiryTime *int64          `json:"accountExpiryTime,omitempty"` // Unix seconds, 910692730085 for never
	Deletable         bool            `json:"deletable"`
	Description       string          `json:"description"`
	Disabled          *bool           `json:"disabled,omitempty"`
	DisplayName       *string         `json:"displayName,omitempty"`
	DN                models.DN       `json:"dn"`
	Locked            *bool           `json:"locked,omitempty"`
	Mail              *string         `json:"mail,omitempty"`
	Movable           bool            `json:"movable"`
	Name              string          `json:"name"`
	Category          models.Category `json:"objectCategory"`
	PasswordExpired   *bool           `json:"passwordExpired,omitempty"`
	Office            *string         `json:"physicalDeliveryOfficeName,omitempty"`
	PrimaryGroupToken *int            `json:"primaryGroupToken,omitempty"`
	Renamable         bool            `json:"renamable"`
	SAMAccountName    *string         `json:"sAMAccountName,omitempty"`
	AdvancedOnly      bool            `json:"showInAdvancedViewOnly"`
	Telephone         *string         `json:"telephoneNumber,omitempty"`
}

// describe gives what the listing shows of an object. It keeps pointers into o.
func describe(o *models.Object) object {
	out := object{
		DN: o.DN, Name: o.Name, Category: o.Category, Description: o.Description,
		Deletable: o.Deletable == models.Yes, Movable: o.Movable == models.Yes, Renamable: o.Renamable == models.Yes,
		AdvancedOnly: o.AdvancedOnly == models.Yes,
	}
	switch o.Category {
	case models.Person:
		out.SAMAccountName = &o.SAMAccountName
		out.PrimaryGroupToken = &o.PrimaryGroupToken // 0 on a person (live)
		out.DisplayName, out.Mail = &o.DisplayName, &o.Mail
		out.Telephone, out.Office = &o.TelephoneNumber, &o.Office
		out.Disabled, out.Locked, out.PasswordExpired = yes(o.Disabled), yes(o.Locked), yes(o.PasswordExpired)
		expiry := o.AccountExpiry
		if !expiry.Known() {
			expiry = models.Never()
		}
		seconds := expiry.Unix()
		out.AccountExpiryTime = &seconds
	case models.Group:
		out.SAMAccountName = &o.SAMAccountName
		out.PrimaryGroupToken = &o.PrimaryGroupToken
		out.DisplayName, out.Mail = filled(&o.DisplayName), filled(&o.Mail)
	case models.Computer:
		out.SAMAccountName = &o.SAMAccountName
		out.Disabled = yes(o.Disabled)
	}
	return out
}

func yes(f models.Flag) *bool {
	b := f == models.Yes
	return &b
}

func filled(s *string) *string {
	if *s == "" {
		return nil
	}
	return s
}
