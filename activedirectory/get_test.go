package activedirectory

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

// Windows sends at most 1,500 values of an attribute at a time, as a range.
func TestGetReadsRangesToTheirEnd(t *testing.T) {
	const group = "CN=All," + staff
	f := newFake(t)
	members := many(3700)
	f.onSearch = func(s *session, r searchRequest) bool {
		if r.base != group {
			return false
		}
		from := 0
		for _, attribute := range r.attributes {
			_, _ = fmt.Sscanf(attribute, "member;range=%d-*", &from)
		}
		values := map[string][]string{"objectCategory": {"CN=Group,CN=Schema"}, "name": {"All"}}
		if to := from + 1500; to < len(members) {
			values[fmt.Sprintf("member;range=%d-%d", from, to-1)] = members[from:to]
			values["member"] = nil // Windows sends the bare name too, empty
		} else {
			values[fmt.Sprintf("member;range=%d-*", from)] = members[from:]
		}
		_ = s.entry(r.id, group, values)
		s.done(r.id, 0, "", nil)
		return true
	}
	got, err := f.open().Get(t.Context(), models.Ref{DN: group})
	if err != nil || got.Account.Members != 3700 {
		t.Errorf("%d members, %v; want 3700", got.Account.Members, err)
	}
}

func TestRangedPart(t *testing.T) {
	for name, want := range map[string]int{
		"member;range=0-1499": 1500, "Member;Range=1500-2999": 3000, "member;range=3000-*": 0,
		"member": 0, "member;range=x-y": 0, "member;range=5-2": 0, "member;range=0-99999999999999999999": 0, "memberOf;range=0-9": 0,
	} {
		entry := ldap.NewEntry("CN=x", map[string][]string{name: {"v"}})
		if _, next := rangedPart(entry, "member"); next != want {
			t.Errorf("%s: next %d, want %d", name, next, want)
		}
	}
}

func TestGetOfNothing(t *testing.T) {
	backend := newFake(t).open()
	_, err := backend.Get(t.Context(), models.Ref{DN: "CN=Ghost," + staff})
	var said *models.Error
	if !errors.Is(err, models.ErrNotFound) || !errors.As(err, &said) || said.Object != "CN=Ghost,"+staff || said.Code != "LDAP 32 00002030" {
		t.Errorf("got %v (%+v)", err, said)
	}
	if _, err := backend.Get(t.Context(), models.Ref{DN: ""}); !errors.Is(err, models.ErrInvalid) {
		t.Errorf("without a name: %v", err)
	}
}

func TestInfoOfAForestWithSeveralControllers(t *testing.T) {
	const (
		config  = "CN=Configuration,DC=example,DC=test"
		servers = "CN=Servers,CN=Oslo,CN=Sites," + config
	)
	owner := func(name string) map[string][]string {
		return map[string][]string{"fSMORoleOwner": {"CN=NTDS Settings,CN=" + name + "," + servers}}
	}
	f := newFake(t)
	f.onSearch = func(s *session, r searchRequest) bool {
		switch {
		case r.base == "CN=Partitions,"+config && r.scope == ldap.ScopeSingleLevel:
			_ = s.entry(r.id, "CN=EXAMPLE,CN=Partitions,"+config, map[string][]string{"nETBIOSName": {"EXAMPLE"}})
		case r.base == "CN=Sites,"+config:
			for _, dc := range []struct{ name, account string }{
				{"DC2", "CN=DC2,OU=Domain Controllers,DC=example,DC=test"},
				{"DC1", "CN=DC1,OU=Domain Controllers,DC=example,DC=test"},
				{"OTHER", "CN=OTHER,OU=Domain Controllers,DC=sub,DC=other,DC=test"},
			} {
				dn := "CN=" + dc.name + "," + servers
				_ = s.entry(r.id, dn, map[string][]string{
					"objectClass": {"top", "server"}, "cn": {dc.name}, "dNSHostName": {strings.ToLower(dc.name) + ".example.test"}, "serverReference": {dc.account},
				})
				_ = s.entry(r.id, "CN=NTDS Settings,"+dn, map[string][]string{"objectClass": {"top", "nTDSDSA"}})
			}
			_ = s.entry(r.id, "CN=DEMOTED,"+servers, map[string][]string{
				"objectClass": {"top", "server"}, "cn": {"DEMOTED"}, "serverReference": {"CN=DEMOTED,CN=Computers,DC=example,DC=test"},
			})
		case r.base == string(testBase) && r.attributes[0] == "fSMORoleOwner", r.base == "CN=Infrastructure,"+string(testBase):
			_ = s.entry(r.id, r.base, owner("dc2")) // case does not count
		case r.base == "CN=Partitions,"+config, r.base == "CN=Schema,"+config:
			_ = s.entry(r.id, r.base, owner("DC1"))
		default: // the RID manager may not be read
			return false
		}
		s.done(r.id, 0, "", nil)
		return true
	}
	got, err := f.open().Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := models.DirectoryInfo{
		Realm: "example.test", Workgroup: "EXAMPLE", BaseDN: testBase,
		Controllers: []models.DomainController{
			{Name: "DC1", DN: "CN=DC1,OU=Domain Controllers,DC=example,DC=test", HostName: "dc1.example.test", Roles: []string{"schema", "naming"}, Server: "CN=DC1,CN=Servers,CN=Oslo,CN=Sites,CN=Configuration,DC=example,DC=test"},
			{Name: "DC2", DN: "CN=DC2,OU=Domain Controllers,DC=example,DC=test", HostName: "dc2.example.test", Roles: []string{"pdc", "infrastructure"}, Server: "CN=DC2,CN=Servers,CN=Oslo,CN=Sites,CN=Configuration,DC=example,DC=test"},
		},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// An account may have a lockout and password policy of its own; then only the
// server knows its state.
func TestListingAsksForComputedStateWherePoliciesAreFineGrained(t *testing.T) {
	for _, fine := range []bool{false, true} {
		f := newFake(t)
		asked := false
		f.onSearch = func(s *session, r searchRequest) bool {
			switch {
			case strings.HasPrefix(r.base, "CN=Password Settings Container,CN=System,"):
				if fine {
					_ = s.entry(r.id, "CN=Strict,"+r.base, map[string][]string{"cn": {"Strict"}})
				}
			case isStaff(r):
				for _, attribute := range r.attributes {
					asked = asked || attribute == "msDS-User-Account-Control-Computed"
				}
			default:
				return false
			}
			s.done(r.id, 0, "", nil)
			return true
		}
		if got := listAll(t, f.open(), models.ListRequest{Base: staff}); got.err != nil {
			t.Fatal(got.err)
		}
		if asked != fine {
			t.Errorf("fine-grained policies %v: asked for computed state %v", fine, asked)
		}
	}
}

// The server's clock is two hours ahead: its 40 minutes ago have not come here
// yet, and its lockout of 30 minutes is over all the same.
func TestLockoutGoesByTheServersClock(t *testing.T) {
	f := newFake(t)
	ahead := time.Now().Add(2 * time.Hour)
	f.onSearch = func(s *session, r searchRequest) bool {
		switch {
		case r.base == "":
			_ = s.entry(r.id, "", map[string][]string{
				"defaultNamingContext": {string(testBase)}, "configurationNamingContext": {"CN=Configuration," + string(testBase)},
				"currentTime": {ahead.UTC().Format("20060102150405.0Z")},
			})
		case isStaff(r):
			values := user("anna")
			values["lockoutTime"] = []string{filetimeOf(ahead.Add(-40 * time.Minute))}
			_ = s.entry(r.id, child("anna"), values)
		default:
			return false
		}
		s.done(r.id, 0, "", nil)
		return true
	}
	for page, err := range f.open().List(t.Context(), models.ListRequest{Base: staff}) {
		if err != nil || len(page.Objects) != 1 || page.Objects[0].Locked != models.No {
			t.Errorf("got %+v, %v", page.Objects, err)
		}
	}
}
