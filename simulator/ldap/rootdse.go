package ldap

import (
	"strconv"
)

const (
	capableAD       = "1.2.840.113556.1.4.800"
	capableReadOnly = "1.2.840.113556.1.4.1920"
)

// rootDSE is what a controller says of itself to anybody.
func (c *conn) rootDSE() []attributeValues {
	d := c.server.options.Directory
	me, base := c.server.controllers[c.controller], string(d.BaseDN())
	configuration := "CN=Configuration," + base
	schema := "CN=Schema," + configuration
	capabilities := []string{capableAD, "1.2.840.113556.1.4.1670", "1.2.840.113556.1.4.1791", "1.2.840.113556.1.4.1935", "1.2.840.113556.1.4.2080"}
	if me.ReadOnly {
		capabilities = append(capabilities, capableReadOnly)
	}
	one := func(name, value string) attributeValues {
		return attributeValues{name: name, values: [][]byte{[]byte(value)}}
	}
	return []attributeValues{
		one("configurationNamingContext", configuration),
		one("defaultNamingContext", base),
		one("rootDomainNamingContext", base),
		one("schemaNamingContext", schema),
		one("subschemaSubentry", "CN=Aggregate,"+schema),
		list("supportedCapabilities", capabilities),
		list("supportedLDAPVersion", []string{"2", "3"}),
		one("vendorName", "dirdesk simulator"),
		one("isSynchronized", "TRUE"),
		one("dsServiceName", me.Settings),
		one("serverName", me.Server),
		one("dnsHostName", me.HostName),
		one("ldapServiceName", d.Realm()+":"+me.Name+"$@"+d.Realm()),
		one("currentTime", d.Now().UTC().Format("20060102150405.0Z")),
		list("supportedControl", supportedControls()),
		list("supportedExtension", []string{oidStartTLS, oidWhoAmI}),
		list("namingContexts", []string{base, configuration, schema}),
		one("highestCommittedUSN", strconv.Itoa(d.Updates())),
		one("domainFunctionality", "7"),
		one("forestFunctionality", "7"),
		one("domainControllerFunctionality", "7"),
		one("isGlobalCatalogReady", "TRUE"),
	}
}

func list(name string, values []string) attributeValues {
	a := attributeValues{name: name}
	for _, v := range values {
		a.values = append(a.values, []byte(v))
	}
	return a
}

// attributeValues are an attribute's name and values as they travel.
type attributeValues struct {
	name   string
	values [][]byte
}

// searchRootDSE answers a base search of "".
func (c *conn) searchRootDSE(r request, s search) result {
	var out []byte
	for _, a := range c.rootDSE() {
		if s.wanted.rootDSE(a.name) {
			out = a.encode(out, s.typesOnly)
		}
	}
	if err := c.write(message(nil, r.id, answerEntry, element(text(nil, tagOctets, ""), tagSequence, out), nil), false); err != nil {
		c.cut()
	}
	return result{}
}
