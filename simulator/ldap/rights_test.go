package ldap_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/simulator"
	"dirdesk/simulator/directory"
)

const helper = "CN=Helper," + staff

// delegated is a site whose helper may do what a help desk may.
func delegated(t *testing.T) *site {
	s := newSite(t, simulator.Options{}, directory.Options{})
	must(t, s.server.Directory().Delegate(staff, helper, true, "lockoutTime", "telephoneNumber", "physicalDeliveryOfficeName"))
	return s
}

func TestADelegateMayDoItsTasksAndNothingElse(t *testing.T) {
	s := delegated(t)
	c := s.as(helper)
	must(t, set(c, anna, "telephoneNumber", "1"))
	must(t, set(c, anna, "lockoutTime", "0"))
	reset := ldap.NewModifyRequest(anna, nil)
	reset.Replace("unicodePwd", []string{unicode("Second-Kettle-2")})
	reset.Replace("pwdLastSet", []string{"0"})
	must(t, c.Modify(reset))
	if value(t, c, anna, "pwdLastSet") != "0" {
		t.Error("the password need not be changed")
	}
	const denied = ldap.LDAPResultInsufficientAccessRights
	refused(t, set(c, anna, "description", "x"), denied, "00002098")
	refused(t, set(c, "CN=Administrator,CN=Users,"+base, "telephoneNumber", "1"), denied, "00002098")
	refused(t, set(c, "CN=Guest,CN=Users,"+base, "unicodePwd", unicode("Second-Kettle-2")), denied, "insufficient access")
	refused(t, c.Del(ldap.NewDelRequest(anna, nil)), denied, "Access check failed")
	refused(t, c.ModifyDN(ldap.NewModifyDNRequest(anna, "CN=Other", true, "")), denied, "00002098")
	add := ldap.NewAddRequest("CN=New,"+staff, nil)
	add.Attribute("objectClass", []string{"user"})
	refused(t, c.Add(add), denied, "unable to get access")
	member := ldap.NewModifyRequest(team, nil)
	member.Add("member", []string{helper})
	refused(t, c.Modify(member), denied, "insufficient access")
}

func TestEffectiveRightsSayWhatIsRefused(t *testing.T) {
	s := delegated(t)
	found, err := find(s.as(helper), anna, ldap.ScopeBaseObject, "(objectClass=*)", []string{"allowedAttributesEffective", "sDRightsEffective"})
	must(t, err)
	may := found.Entries[0].GetAttributeValues("allowedAttributesEffective")
	slices.Sort(may)
	if want := []string{"lockoutTime", "physicalDeliveryOfficeName", "pwdLastSet", "telephoneNumber"}; !slices.Equal(may, want) {
		t.Errorf("it may write %q", may)
	}
	if n := found.Entries[0].GetAttributeValue("sDRightsEffective"); n != "0" {
		t.Errorf("rights on the descriptor: %s", n)
	}
	if classes := value(t, s.as(helper), staff, "allowedChildClassesEffective"); classes != "" {
		t.Errorf("it may create %s", classes)
	}
	if classes := value(t, s.admin(0), staff, "allowedChildClassesEffective"); classes == "" {
		t.Error("the administrator may create nothing")
	}
}

func TestAProtectedAccountIsOutOfADelegatesReach(t *testing.T) {
	s := delegated(t)
	must(t, set(s.admin(0), anna, "adminCount", "1"))
	refused(t, set(s.as(helper), anna, "telephoneNumber", "1"), ldap.LDAPResultInsufficientAccessRights, "00002098")
}

func TestWhatIsProtectedFromAccidentsIsNotDeleted(t *testing.T) {
	s := newSite(t, simulator.Options{}, directory.Options{})
	must(t, s.server.Directory().Protect(staff))
	c := s.admin(0)
	tree := ldap.NewDelRequest(staff, []ldap.Control{ldap.NewControlSubtreeDelete()})
	refused(t, c.Del(tree), ldap.LDAPResultInsufficientAccessRights, "")
	must(t, c.Del(ldap.NewDelRequest(anna, nil)))
}

func TestSecretsAreForThoseWithTheRight(t *testing.T) {
	s := newSite(t, simulator.Options{}, directory.Options{})
	pc := "CN=PC," + staff
	must(t, s.server.Directory().Add("CN=PC,"+staff, "computer", map[string][]string{"sAMAccountName": {"PC$"}, "ms-Mcs-AdmPwd": {"k7"}}))
	if got := value(t, s.admin(0), pc, "ms-Mcs-AdmPwd"); got != "k7" {
		t.Errorf("the administrator reads %q", got)
	}
	c := s.as(helper)
	if got := value(t, c, pc, "ms-Mcs-AdmPwd"); got != "" {
		t.Errorf("anybody reads %q", got)
	}
	if found, err := find(c, staff, ldap.ScopeSingleLevel, "(ms-Mcs-AdmPwd=k*)", nil); err != nil || len(found.Entries) != 0 {
		t.Errorf("a filter gives it away: %v, %v", found, err)
	}
}

func TestAResetWithHintsIsHeldToTheHistory(t *testing.T) {
	s := newSite(t, simulator.Options{}, directory.Options{})
	c := s.admin(0)
	must(t, set(c, base, "minPwdAge", "0"))
	reset := func(password string, controls ...ldap.Control) error {
		r := ldap.NewModifyRequest(anna, controls)
		r.Replace("unicodePwd", []string{unicode(password)})
		return c.Modify(r)
	}
	hints := ldap.NewControlString("1.2.840.113556.1.4.2239", true, "0\x03\x02\x01\x01")
	must(t, reset("Second-Kettle-2", hints))
	refused(t, reset(secret, hints), ldap.LDAPResultConstraintViolation, "history")
	must(t, reset(secret))
}

func TestAPolicyOfTheirOwnHoldsForSome(t *testing.T) {
	s := newSite(t, simulator.Options{}, directory.Options{})
	c := s.admin(0)
	container := "CN=Password Settings Container,CN=System," + base
	add := ldap.NewAddRequest("CN=Long,"+container, nil)
	for name, v := range map[string]string{
		"objectClass": "msDS-PasswordSettings", "msDS-PasswordSettingsPrecedence": "1", "msDS-MinimumPasswordLength": "20",
		"msDS-PasswordComplexityEnabled": "FALSE", "msDS-PSOAppliesTo": team, "msDS-LockoutThreshold": "0",
	} {
		add.Attribute(name, []string{v})
	}
	must(t, c.Add(add))
	if got := value(t, c, anna, "msDS-ResultantPSO"); !strings.HasPrefix(got, "CN=Long,") {
		t.Errorf("it goes by %q", got)
	}
	refused(t, set(c, anna, "unicodePwd", unicode("Short-Kettle-1")), ldap.LDAPResultConstraintViolation, "20 characters")
	must(t, set(c, helper, "unicodePwd", unicode("Short-Kettle-1")))
	other := s.dial(0)
	must(t, other.Bind(anna, secret))
	if got := value(t, other, anna, "msDS-ResultantPSO"); got != "" {
		t.Errorf("who may not read it sees %q", got)
	}
	_, err := find(other, container, ldap.ScopeSingleLevel, "(objectClass=*)", nil)
	refused(t, err, ldap.LDAPResultNoSuchObject, "")
}

func TestADeletedObjectComesBackWithItsGroups(t *testing.T) {
	for _, bin := range []bool{true, false} {
		s := newSite(t, simulator.Options{}, directory.Options{NoRecycleBin: !bin})
		c := s.admin(0)
		must(t, set(c, anna, "description", "kept"))
		sid := value(t, c, anna, "objectSid")
		must(t, c.Del(ldap.NewDelRequest(anna, nil)))
		deleted := ldap.NewControlMicrosoftShowDeleted()
		found, err := find(c, base, ldap.ScopeWholeSubtree, "(&(isDeleted=TRUE)(sAMAccountName=aberg))", []string{"lastKnownParent", "msDS-LastKnownRDN", "isRecycled"}, deleted)
		must(t, err)
		if len(found.Entries) != 1 || found.Entries[0].GetAttributeValue("lastKnownParent") != staff || found.Entries[0].GetAttributeValue("msDS-LastKnownRDN") != "Anna Berg" {
			t.Fatalf("recycle bin %v: found %+v", bin, found.Entries)
		}
		if without, err := find(c, base, ldap.ScopeWholeSubtree, "(sAMAccountName=aberg)", nil); err != nil || len(without.Entries) != 0 {
			t.Errorf("it is seen without being asked for: %v, %v", without.Entries, err)
		}
		restore := ldap.NewModifyRequest(found.Entries[0].DN, []ldap.Control{deleted})
		restore.Delete("isDeleted", nil)
		restore.Replace("distinguishedName", []string{anna})
		container := ldap.NewModifyRequest("CN=Deleted Objects,"+base, []ldap.Control{deleted})
		container.Changes = restore.Changes
		refused(t, c.Modify(container), ldap.LDAPResultUnwillingToPerform, "")
		must(t, c.Modify(restore))
		if value(t, c, anna, "objectSid") != sid {
			t.Error("it is another object now")
		}
		isMember, hasText := value(t, c, anna, "memberOf") == team, value(t, c, anna, "description") == "kept"
		if isMember != bin || hasText != bin {
			t.Errorf("recycle bin %v: member %v, description kept %v", bin, isMember, hasText)
		}
	}
}
