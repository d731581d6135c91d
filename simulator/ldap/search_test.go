package ldap_test

import (
	"crypto/tls"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	ber "github.com/go-asn1-ber/asn1-ber"
	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/simulator/directory"
	"dirdesk/simulator/fault"
	served "dirdesk/simulator/ldap"
)

func TestFiltersFindWhatTheySay(t *testing.T) {
	s := newSite(t, simulator.Options{}, directory.Options{})
	must(t, s.server.Directory().Add("CN=Outer,"+staff, "group", map[string][]string{"sAMAccountName": {"outer"}, "member": {team}}))
	must(t, s.server.Directory().Modify(anna, map[string][]string{"telephoneNumber": {"0100 22"}, "manager": {"CN=Helper," + staff}}))
	c := s.admin(0)
	for filter, want := range map[string]string{
		"(sAMAccountName=ABERG)":                                     "Anna Berg",
		"(&(objectCategory=person)(objectClass=user))":               "Anna Berg Helper",
		"(|(cn=Team)(cn=Helper))":                                    "Helper Team",
		"(&(objectClass=user)(!(telephoneNumber=*)))":                "Helper",
		"(telephoneNumber=*0*1*2*)":                                  "Anna Berg",
		"(cn=*nna*er*)":                                              "Anna Berg",
		"(cn=anna*berg)":                                             "Anna Berg",
		"(userAccountControl:1.2.840.113556.1.4.803:=512)":           "Anna Berg Helper",
		"(userAccountControl:1.2.840.113556.1.4.804:=514)":           "Anna Berg Helper",
		"(userAccountControl:1.2.840.113556.1.4.803:=2)":             "",
		"(memberOf:1.2.840.113556.1.4.1941:=CN=Outer," + staff + ")": "Anna Berg Team",
		"(memberOf=CN=Outer," + staff + ")":                          "Team",
		"(member:1.2.840.113556.1.4.1941:=" + anna + ")":             "Outer Team",
		"(manager=cn=helper," + staff + ")":                          "Anna Berg",
		"(anr=ann)":                                                  "Anna Berg",
		"(anr=berg ann)":                                             "Anna Berg",
		"(anr=erg)":                                                  "",
		"(noSuchAttribute=x)":                                        "",
		"(&(cn=Team)(!(noSuchAttribute=x)))":                         "Team",
		"(groupType>=0)":                                             "",
		"(groupType<=-1)":                                            "Outer Team",
	} {
		found, err := find(c, staff, ldap.ScopeSingleLevel, filter, []string{"cn"})
		must(t, err)
		var names []string
		for _, e := range found.Entries {
			names = append(names, e.GetAttributeValue("cn"))
		}
		slices.Sort(names)
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s found %q, want %q", filter, got, want)
		}
	}
}

func TestOnlyWhatIsAskedForIsSent(t *testing.T) {
	s := newSite(t, simulator.Options{}, directory.Options{})
	c := s.admin(0)
	for list, want := range map[string]string{
		"1.1":                             "",
		"CN,nosuch":                       "cn",
		"canonicalName,primaryGroupToken": "primaryGroupToken canonicalName",
	} {
		found, err := find(c, team, ldap.ScopeBaseObject, "(objectClass=*)", strings.Split(list, ","))
		must(t, err)
		var names []string
		for _, a := range found.Entries[0].Attributes {
			names = append(names, a.Name)
		}
		slices.Sort(names)
		wanted := strings.Fields(want)
		slices.Sort(wanted)
		if !slices.Equal(names, wanted) {
			t.Errorf("%s gave %q", list, names)
		}
	}
	all, err := find(c, anna, ldap.ScopeBaseObject, "(objectClass=*)", nil)
	must(t, err)
	for _, constructed := range []string{"canonicalName", "tokenGroups", "nTSecurityDescriptor", "unicodePwd", "allowedAttributes"} {
		if all.Entries[0].GetAttributeValue(constructed) != "" {
			t.Errorf("%s came without being asked for", constructed)
		}
	}
}

func TestNamesComeWithTheirIdentityWhenAsked(t *testing.T) {
	s := newSite(t, simulator.Options{}, directory.Options{})
	found, err := find(s.admin(0), anna, ldap.ScopeBaseObject, "(objectClass=*)", []string{"memberOf"}, ldap.NewControlString("1.2.840.113556.1.4.529", true, "0\x03\x02\x01\x01"))
	must(t, err)
	for _, name := range []string{found.Entries[0].DN, found.Entries[0].GetAttributeValue("memberOf")} {
		if !strings.HasPrefix(name, "<GUID=") || !strings.Contains(name, ">;<SID=S-1-5-21-") || !strings.HasSuffix(name, staff) {
			t.Errorf("named %s", name)
		}
	}
}

// many has a group with 12 members, and a server of Windows' kind with small
// limits.
func many(t *testing.T) (*ldap.Conn, *site) {
	traits := served.Windows()
	traits.Page, traits.Range, traits.Cookies = 5, 4, 1
	s := newSite(t, simulator.Options{LDAP: &simulator.LDAPOptions{Traits: traits}}, directory.Options{})
	var members []string
	for i := range 12 {
		dn := models.DN(staff).Child("CN", fmt.Sprintf("User %02d", i))
		must(t, s.server.Directory().Add(dn, "user", nil))
		members = append(members, string(dn))
	}
	must(t, s.server.Directory().Add("CN=Big,"+staff, "group", map[string][]string{"sAMAccountName": {"big"}, "member": members}))
	return s.admin(0), s
}

func TestALongAnswerIsCutAndPagesGiveAll(t *testing.T) {
	c, _ := many(t)
	found, err := find(c, staff, ldap.ScopeSingleLevel, "(cn=User*)", []string{"cn"})
	refused(t, err, ldap.LDAPResultSizeLimitExceeded, "")
	if found == nil || len(found.Entries) != 5 {
		t.Errorf("%d came before the end", len(found.Entries))
	}
	paged, err := c.SearchWithPaging(ldap.NewSearchRequest(staff, ldap.ScopeSingleLevel, 0, 0, 0, false, "(cn=User*)", []string{"cn"}, nil), 7)
	if err != nil || len(paged.Entries) != 12 {
		t.Errorf("paged: %d, %v", len(paged.Entries), err)
	}
}

func TestAThrownAwayCookieIsRefused(t *testing.T) {
	c, _ := many(t)
	paging := ldap.NewControlPaging(3)
	begin := func(p *ldap.ControlPaging) error {
		found, err := find(c, staff, ldap.ScopeSingleLevel, "(cn=User*)", []string{"cn"}, p)
		if err == nil {
			p.SetCookie(ldap.FindControl(found.Controls, ldap.ControlTypePaging).(*ldap.ControlPaging).Cookie)
		}
		return err
	}
	must(t, begin(paging))
	must(t, begin(ldap.NewControlPaging(3))) // the only set that is kept is now this
	refused(t, begin(paging), ldap.LDAPResultUnavailableCriticalExtension, "00000057")
}

func TestManyValuesComeInRanges(t *testing.T) {
	c, _ := many(t)
	group := "CN=Big," + staff
	var all []string
	name := "member"
	for range 5 {
		found, err := find(c, group, ldap.ScopeBaseObject, "(objectClass=*)", []string{name})
		must(t, err)
		a := found.Entries[0].Attributes[0]
		all = append(all, a.Values...)
		if strings.HasSuffix(a.Name, "-*") {
			break
		}
		name = fmt.Sprintf("member;range=%d-*", len(all))
	}
	if len(all) != 12 || all[0] == all[11] {
		t.Errorf("%d members in ranges: %q", len(all), all)
	}
}

// The client library sends no abandon, so this is one by hand.
func TestAnAbandonedOperationHoldsUpNoOther(t *testing.T) {
	s := newSite(t, simulator.Options{}, directory.Options{})
	s.server.Inject(fault.Spec{Kind: fault.Slow, Slow: time.Minute, API: served.API, Method: "search", Nth: 1})
	raw, err := tls.Dial("tcp", s.server.Controllers()[0].Address, s.tls)
	must(t, err)
	t.Cleanup(func() { _ = raw.Close() })
	must(t, raw.SetDeadline(time.Now().Add(10*time.Second)))
	send := func(id int64, op *ber.Packet) {
		m := ber.NewSequence("")
		m.AppendChild(ber.NewInteger(ber.ClassUniversal, ber.TypePrimitive, ber.TagInteger, id, ""))
		m.AppendChild(op)
		_, err := raw.Write(m.Bytes())
		must(t, err)
	}
	send(1, rootSearch())
	abandon := ber.NewInteger(ber.ClassApplication, ber.TypePrimitive, ldap.ApplicationAbandonRequest, int64(1), "")
	send(2, abandon)
	send(3, rootSearch())
	for {
		answer, err := ber.ReadPacket(raw)
		must(t, err)
		id, op := answer.Children[0].Value.(int64), answer.Children[1]
		if op.Tag != ldap.ApplicationSearchResultDone {
			continue
		}
		if id != 3 {
			t.Errorf("an answer to %d", id)
		}
		return
	}
}

// rootSearch asks for the rootDSE.
func rootSearch() *ber.Packet {
	op := ber.Encode(ber.ClassApplication, ber.TypeConstructed, ldap.ApplicationSearchRequest, nil, "")
	op.AppendChild(ber.NewString(ber.ClassUniversal, ber.TypePrimitive, ber.TagOctetString, "", ""))
	for range 2 {
		op.AppendChild(ber.NewInteger(ber.ClassUniversal, ber.TypePrimitive, ber.TagEnumerated, int64(0), ""))
	}
	for range 2 {
		op.AppendChild(ber.NewInteger(ber.ClassUniversal, ber.TypePrimitive, ber.TagInteger, int64(0), ""))
	}
	op.AppendChild(ber.NewBoolean(ber.ClassUniversal, ber.TypePrimitive, ber.TagBoolean, false, ""))
	op.AppendChild(ber.NewString(ber.ClassContext, ber.TypePrimitive, 7, "objectClass", ""))
	op.AppendChild(ber.NewSequence(""))
	return op
}

func TestFaultsHitOperations(t *testing.T) {
	s := newSite(t, simulator.Options{}, directory.Options{})
	inject := func(text string) *ldap.Conn {
		spec, err := fault.Parse(text)
		must(t, err)
		c := s.admin(0)
		s.server.Inject(spec)
		return c
	}
	c := inject("drop-after@ldap.modify#1")
	if err := set(c, anna, "description", "kept"); err == nil {
		t.Errorf("dropped after: %v", err)
	}
	if got := value(t, s.admin(0), anna, "description"); got != "kept" {
		t.Errorf("it did not change it: %q", got)
	}
	c = inject("drop-before@ldap.modify#1")
	if err := set(c, anna, "description", "lost"); err == nil {
		t.Errorf("dropped before: %v", err)
	}
	if got := value(t, s.admin(0), anna, "description"); got != "kept" {
		t.Errorf("it changed it: %q", got)
	}
	refused(t, set(inject("deny=51@ldap.modify#1"), anna, "description", "x"), ldap.LDAPResultBusy, "told to refuse")
	c = inject("truncate@ldap.modify#1")
	if err := set(c, anna, "description", "cut"); err == nil {
		t.Error("a cut answer passed")
	}
}
