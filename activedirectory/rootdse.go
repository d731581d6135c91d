package activedirectory

import (
	"context"
	"slices"
	"time"

	"dirdesk/models"
)

// rootDSE is what a domain controller says of itself to anyone (MS-ADTS
// 3.1.1.3.2).
type rootDSE struct {
	baseDN        models.DN // defaultNamingContext
	configuration models.DN // configurationNamingContext
	schema        models.DN // schemaNamingContext
	ahead         time.Duration
	readOnly      bool // a controller that refers all writes to another
}

func readRootDSE(ctx context.Context, c *conn, silence time.Duration) (rootDSE, error) {
	const host = "the server"
	entry, err := c.read(ctx, silence, "", anything,
		"defaultNamingContext", "configurationNamingContext", "schemaNamingContext", "currentTime", "supportedCapabilities")
	if err != nil {
		return rootDSE{}, resultError("ask for its domain", host, err)
	}
	values := attributesOf(entry)
	root := rootDSE{
		baseDN:        models.DN(values.text("defaultNamingContext")),
		configuration: models.DN(values.text("configurationNamingContext")),
		schema:        models.DN(values.text("schemaNamingContext")),
		readOnly:      slices.Contains(values.texts("supportedCapabilities"), readOnlyCapability),
	}
	if root.baseDN == "" || root.configuration == "" {
		return rootDSE{}, &models.Error{
			Kind: models.ErrUnsupported, Action: "ask for its domain", Object: host,
			Advice: "It is an LDAP server but no Active Directory domain controller: check host and port.",
		}
	}
	if t := generalizedTime(values.text("currentTime")); !t.IsZero() {
		root.ahead = time.Until(t)
	}
	return root, nil
}

// clock gives the server's time, so that "locked now" does not depend on this
// computer's clock. A small difference is the way there and the full seconds of
// currentTime.
func (r rootDSE) clock() func() time.Time {
	if r.ahead.Abs() < 2*time.Second {
		return time.Now
	}
	return func() time.Time { return time.Now().Add(r.ahead) }
}
