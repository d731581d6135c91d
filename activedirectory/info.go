package activedirectory

import (
	"context"
	"slices"
	"strings"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

// Info asks for the domain's names and its controllers with their FSMO roles.
func (b *reader) Info(ctx context.Context) (models.DirectoryInfo, error) {
	info := models.DirectoryInfo{Realm: b.root.baseDN.Realm(), BaseDN: b.root.baseDN}
	return ask(ctx, b.connection, "ask about the domain", info.Realm, func(c *conn) (_ models.DirectoryInfo, err error) {
		if info.Workgroup, err = b.workgroup(ctx, c); err == nil {
			info.Controllers, err = b.controllers(ctx, c)
		}
		return info, err
	})
}

// workgroup is the NetBIOS name, kept in the partitions container of the
// configuration beside the domain's naming context.
func (b *reader) workgroup(ctx context.Context, c *conn) (string, error) {
	request := ldap.NewSearchRequest(string(b.partitions()), ldap.ScopeSingleLevel, ldap.NeverDerefAliases, 0, 0, false,
		"(&(objectClass=crossRef)(nETBIOSName=*)(nCName="+ldap.EscapeFilter(string(b.root.baseDN))+"))",
		[]string{"nETBIOSName"}, nil)
	found, err := c.find(ctx, b.silence, request)
	if err != nil || len(found) == 0 {
		return "", err
	}
	return attributesOf(found[0]).text("nETBIOSName"), nil
}

func (b *reader) partitions() models.DN { return b.root.configuration.Child("CN", "Partitions") }

// controllers are found below the sites of the configuration rather than by
// userAccountControl in the domain, which would scan every account. A server
// counts when it has an NTDS Settings object below it, as a demoted one has not,
// and when its computer account lies in this domain of the forest.
func (b *reader) controllers(ctx context.Context, c *conn) ([]models.DomainController, error) {
	roles, err := b.roleOwners(ctx, c)
	if err != nil {
		return nil, err
	}
	request := ldap.NewSearchRequest(string(b.root.configuration.Child("CN", "Sites")), ldap.ScopeWholeSubtree,
		ldap.NeverDerefAliases, 0, 0, false, "(|(objectClass=server)(objectClass=nTDSDSA))",
		[]string{"objectClass", "cn", "dNSHostName", "serverReference"}, nil)
	found, err := c.find(ctx, b.silence, request)
	if err != nil {
		return nil, err
	}
	settings := make(map[string]string) // server's DN key -> its NTDS Settings' DN key
	for _, entry := range found {
		if isClass(entry, "nTDSDSA") {
			dn := models.DN(entry.DN)
			settings[dn.Parent().Key()] = dn.Key()
		}
	}
	var controllers []models.DomainController
	for _, entry := range found {
		a := attributesOf(entry)
		account := models.DN(a.text("serverReference"))
		own, runs := settings[models.DN(entry.DN).Key()]
		if !runs || isClass(entry, "nTDSDSA") || !account.IsBelow(b.root.baseDN) {
			continue
		}
		controllers = append(controllers, models.DomainController{
			Name: a.text("cn"), DN: account, HostName: a.text("dNSHostName"), Roles: roles[own], Server: models.DN(entry.DN),
		})
	}
	slices.SortFunc(controllers, func(x, y models.DomainController) int { return strings.Compare(x.Name, y.Name) })
	return controllers, nil
}

func isClass(entry *ldap.Entry, class string) bool {
	return slices.ContainsFunc(attributesOf(entry).texts("objectClass"), func(c string) bool { return strings.EqualFold(c, class) })
}

// roleOwners maps the key of an NTDS Settings DN to the roles it holds, named and
// ordered as DSM does (docs/dsm.md section 4.1). A role whose object this account may
// not read is left out.
func (b *reader) roleOwners(ctx context.Context, c *conn) (map[string][]string, error) {
	base := b.root.baseDN
	owners := make(map[string][]string)
	for _, role := range []struct {
		name string
		at   models.DN
	}{
		{"pdc", base},
		{"rid", base.Child("CN", "System").Child("CN", "RID Manager$")},
		{"schema", b.root.schema},
		{"naming", b.partitions()},
		{"infrastructure", base.Child("CN", "Infrastructure")},
	} {
		entry, err := c.read(ctx, b.silence, string(role.at), anything, "fSMORoleOwner")
		if isResult(err, ldap.LDAPResultNoSuchObject, ldap.LDAPResultInsufficientAccessRights) {
			b.log.Debug("role not readable", "role", role.name, "error", err)
			continue
		}
		if err != nil {
			return nil, err
		}
		if owner := models.DN(attributesOf(entry).text("fSMORoleOwner")); owner != "" {
			owners[owner.Key()] = append(owners[owner.Key()], role.name)
		}
	}
	return owners, nil
}
