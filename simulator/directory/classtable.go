package directory

import "dirdesk/models"

// classes is the schema; looked up by classByName, never changed.
var classes = []class{
	{name: "domainDNS", category: "domainDNS", kind: kindOther, rdn: "DC", chain: []string{"top", "domain", "domainDNS"}},
	{name: "builtinDomain", category: models.BuiltinDomain, kind: kindBuiltin, rdn: "CN", chain: []string{"top", "builtinDomain"}},
	{
		name: "organizationalUnit", category: models.OrganizationalUnit, kind: kindOU, rdn: "OU",
		parents: []string{"domainDNS", "organizationalUnit"}, chain: []string{"top", "organizationalUnit"},
	},
	{
		name: "container", category: models.Container, kind: kindContainer, rdn: "CN", hidden: true,
		parents: []string{"domainDNS", "organizationalUnit", "container", "lostAndFound"}, chain: []string{"top", "container"},
	},
	{
		name: "user", category: models.Person, kind: kindPerson, rdn: "CN", parents: holders, account: true,
		chain: []string{"top", "person", "organizationalPerson", "user"},
	},
	{
		name: "inetOrgPerson", category: models.Person, kind: kindPerson, rdn: "CN", parents: holders, account: true,
		chain: []string{"top", "person", "organizationalPerson", "user", "inetOrgPerson"},
	},
	{
		name: "contact", category: models.Person, kind: kindPerson, rdn: "CN", parents: holders,
		chain: []string{"top", "person", "organizationalPerson", "contact"},
	},
	{
		name: "computer", category: models.Computer, kind: kindComputer, rdn: "CN", parents: holders, account: true,
		chain: []string{"top", "person", "organizationalPerson", "user", "computer"},
	},
	{name: "group", category: models.Group, kind: kindGroup, rdn: "CN", parents: holders, chain: []string{"top", "group"}},
	{
		name: "printQueue", category: "printQueue", kind: kindOther, rdn: "CN",
		parents: []string{"domainDNS", "organizationalUnit", "container", "computer"},
		chain:   []string{"top", "leaf", "connectionPoint", "printQueue"}, must: []string{"uNCName", "printerName"},
	},
	{
		name: "volume", category: "volume", kind: kindOther, rdn: "CN",
		parents: []string{"domainDNS", "organizationalUnit", "container"},
		chain:   []string{"top", "leaf", "connectionPoint", "volume"}, must: []string{"uNCName"},
	},
	{
		name: "foreignSecurityPrincipal", category: "foreignSecurityPrincipal", kind: kindOther, rdn: "CN", hidden: true,
		chain: []string{"top", "foreignSecurityPrincipal"},
	},
	{name: "lostAndFound", category: "lostAndFound", kind: kindOther, rdn: "CN", hidden: true, chain: []string{"top", "lostAndFound"}},
	{
		name: "infrastructureUpdate", category: "infrastructureUpdate", kind: kindOther, rdn: "CN", hidden: true,
		chain: []string{"top", "infrastructureUpdate"},
	},
	{
		name: "msDS-QuotaContainer", category: "msDS-QuotaContainer", kind: kindOther, rdn: "CN", hidden: true,
		chain: []string{"top", "msDS-QuotaContainer"},
	},

	// What lies in the domain beside, for LDAP.
	{name: "rIDManager", category: "rIDManager", kind: kindOther, rdn: "CN", hidden: true, chain: []string{"top", "rIDManager"}},
	{
		name: "msDS-PasswordSettingsContainer", category: "msDS-PasswordSettingsContainer", kind: kindOther, rdn: "CN", hidden: true,
		chain: []string{"top", "msDS-PasswordSettingsContainer"}, guarded: true,
	},
	{
		name: "msDS-PasswordSettings", category: "msDS-PasswordSettings", kind: kindOther, rdn: "CN", hidden: true,
		parents: []string{"msDS-PasswordSettingsContainer"}, chain: []string{"top", "msDS-PasswordSettings"}, guarded: true,
		must: []string{"msDS-PasswordSettingsPrecedence"},
	},
	{
		name: "msFVE-RecoveryInformation", category: "msFVE-RecoveryInformation", kind: kindOther, rdn: "CN", hidden: true,
		parents: []string{"computer"}, chain: []string{"top", "msFVE-RecoveryInformation"}, must: []string{"msFVE-RecoveryPassword"},
	},
	{
		name: "msExchActiveSyncDevices", category: "msExchActiveSyncDevices", kind: kindOther, rdn: "CN",
		parents: []string{"user", "inetOrgPerson"}, chain: []string{"top", "container", "msExchActiveSyncDevices"},
	},
	{
		name: "msExchActiveSyncDevice", category: "msExchActiveSyncDevice", kind: kindOther, rdn: "CN",
		parents: []string{"msExchActiveSyncDevices"}, chain: []string{"top", "msExchActiveSyncDevice"},
	},

	// The configuration and the schema.
	{name: "configuration", category: "configuration", kind: kindOther, rdn: "CN", hidden: true, chain: []string{"top", "configuration"}},
	{name: "crossRefContainer", category: "crossRefContainer", kind: kindOther, rdn: "CN", hidden: true, chain: []string{"top", "crossRefContainer"}},
	{name: "crossRef", category: "crossRef", kind: kindOther, rdn: "CN", hidden: true, chain: []string{"top", "crossRef"}},
	{name: "sitesContainer", category: "sitesContainer", kind: kindOther, rdn: "CN", hidden: true, chain: []string{"top", "sitesContainer"}},
	{name: "site", category: "site", kind: kindOther, rdn: "CN", hidden: true, chain: []string{"top", "site"}},
	{name: "serversContainer", category: "serversContainer", kind: kindOther, rdn: "CN", hidden: true, chain: []string{"top", "serversContainer"}},
	{name: "server", category: "server", kind: kindOther, rdn: "CN", hidden: true, chain: []string{"top", "server"}},
	{
		name: "nTDSDSA", category: "nTDSDSA", kind: kindOther, rdn: "CN", hidden: true,
		chain: []string{"top", "applicationSettings", "nTDSDSA"},
	},
	{
		name: "nTDSDSARO", category: "nTDSDSARO", kind: kindOther, rdn: "CN", hidden: true,
		chain: []string{"top", "applicationSettings", "nTDSDSA", "nTDSDSARO"},
	},
	{name: "msDS-OptionalFeature", category: "msDS-OptionalFeature", kind: kindOther, rdn: "CN", hidden: true, chain: []string{"top", "msDS-OptionalFeature"}},
	{name: "dMD", category: "dMD", kind: kindOther, rdn: "CN", hidden: true, chain: []string{"top", "dMD"}},
	{name: "attributeSchema", category: "attributeSchema", kind: kindOther, rdn: "CN", hidden: true, chain: []string{"top", "attributeSchema"}},
	{name: "classSchema", category: "classSchema", kind: kindOther, rdn: "CN", hidden: true, chain: []string{"top", "classSchema"}},
}
