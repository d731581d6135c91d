package synology

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"dirdesk/internal/rawjson"
	"dirdesk/internal/webclient"
	"dirdesk/models"
)

// method is one operation of an API as this client speaks it. DSM binds
// methods to versions of their API: the advertised maximum must not be sent
// blindly (docs/dsm.md section 2; live dumps).
type method struct {
	api      string
	name     string
	versions []int  // that we speak, the best first
	words    string // what it is to a person: "list"; the object's name follows

	anonymous bool // needs no session
	once      bool // must never be sent twice by itself
	write     bool // changes something: it goes out once, see webclient.Client.Do
	settled   bool // not to be sent again with another session
	quoted    bool // send the method's name as JSON text, see page
}

const (
	apiInfo        = "SYNO.API.Info"
	apiAuth        = "SYNO.API.Auth"
	apiCompound    = "SYNO.Entry.Request"
	apiDomain      = "SYNO.Core.Directory.Domain"
	apiForgotPwd   = "SYNO.Auth.ForgotPwd"
	apiADPrefix    = "SYNO.ActiveDirectory."
	apiADInfo      = apiADPrefix + "Info"
	apiADDirectory = apiADPrefix + "Directory"
	apiADUser      = apiADPrefix + "User"
	apiADGroup     = apiADPrefix + "Group"
	apiADMember    = apiADPrefix + "Group.Member"
	apiADPolling   = apiADPrefix + "Polling"
)

// The methods and the versions in which they are attested: Auth by Synology's
// guide and live logs, the others by captured requests of a public client
// (docs/dsm.md sections 3 and 4).
var (
	methodDiscover = anonymous("connect to", apiInfo, "query", 1)
	// methodConnect stands for Open in errors; it is methodList otherwise.
	methodConnect      = reading("connect to", apiADDirectory, "list", 3)
	methodLogin        = anonymous("sign in as", apiAuth, "login", 7, 6, 5, 4, 3)
	methodLogout       = reading("sign out of", apiAuth, "logout", 7, 6, 5, 4, 3)
	methodInfo         = reading("read the domain's data on", apiADInfo, "get", 3)
	methodList         = reading("list", apiADDirectory, "list", 3)
	methodConflict     = reading("look up the name", apiADGroup, "conflict", 1)
	methodDomainStatus = reading("ask after the domain update", apiDomain, "update_status", 1)
	methodCompound     = reading("run a compound request on", apiCompound, "request", 1)
	methodPolling      = reading("ask after the task", apiADPolling, "get", 1)
)

// The methods that change something, in the versions of captured requests of a
// public client (docs/dsm.md section 4). Some stand alone,
// some in a compound request, as that client has them.
var (
	// methodChange is a compound request that holds a change.
	methodChange      = changing("run a request on", apiCompound, "request", 1)
	methodCreateUser  = changing("create user", apiADUser, "create", 1)
	methodSetUser     = changing("edit", apiADUser, "set", 2)
	methodSetPassword = changing("set the password of", apiADUser, "set", 2)
	methodCreateGroup = changing("create group", apiADGroup, "create", 1)
	methodAddMembers  = changing("add members to", apiADMember, "add", 1)
	methodDelete      = changing("delete", apiADDirectory, "delete", 2)
	methodResetMail   = changing("mail a reset link to", apiForgotPwd, "send", 1)
	methodDomainStart = changing("start the domain update on", apiDomain, "update_start", 1)
)

// reading is a method that changes nothing, anonymous one that needs no session, and
// changing one that changes something.
func reading(words, api, name string, versions ...int) method {
	return method{api: api, name: name, versions: versions, words: words}
}

func anonymous(words, api, name string, versions ...int) method {
	return method{api: api, name: name, versions: versions, words: words, anonymous: true, once: api == apiAuth}
}

func changing(words, api, name string, versions ...int) method {
	return method{api: api, name: name, versions: versions, words: words, write: true}
}

// version picks the best version that both sides speak; ok is false when there
// is none.
func (m method) version(entry apiEntry) (version int, ok bool) {
	i := slices.IndexFunc(m.versions, func(v int) bool { return v >= entry.min && v <= entry.max })
	if i < 0 {
		return 0, false
	}
	return m.versions[i], true
}

// apiEntry is what the server advertises of one API.
type apiEntry struct {
	path       string // relative to /webapi/, to be used as it is
	min, max   int
	jsonFormat bool // requestFormat is JSON: every value is a JSON text
}

// bootstrap is the entry of SYNO.API.Info itself, which is asked before
// anything is known: query.cgi answers on DSM 5 to 7 (public clients).
func bootstrap() apiEntry { return apiEntry{path: "query.cgi", min: 1, max: 1} }

// discover asks for all APIs. Sent with the session, if there is one.
func (c *connection) discover(ctx context.Context) error {
	data, err := c.call(ctx, methodDiscover, c.host, params{"query": "all"})
	if err != nil {
		return err
	}
	apis, err := decodeAPIs(data)
	if err != nil {
		return c.explain(methodDiscover, c.host, err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.apis = apis
	return nil
}

func decodeAPIs(data json.RawMessage) (map[string]apiEntry, error) {
	refuse := webclient.Fault(models.ErrProtocol, "it does not list its APIs as a DSM does", adviceHost)
	apis := make(map[string]apiEntry)
	for name, raw := range rawjson.Members(data) {
		a := members(raw)
		lowest, _ := a.Int("minversion")
		highest, _ := a.Int("maxversion")
		entry := apiEntry{
			path: strings.TrimLeft(a.Text("path"), "/"), min: int(lowest), max: int(highest),
			jsonFormat: strings.EqualFold(a.Text("requestformat"), "JSON"),
		}
		if first(raw) != '{' {
			return nil, refuse
		}
		// A captured client sends list's values as JSON texts whatever is
		// advertised; that all of the package does the same is inferred.
		if strings.HasPrefix(name, apiADPrefix) || name == apiCompound || name == apiForgotPwd {
			entry.jsonFormat = true
		}
		if name == apiAuth { // never quoted (official guide)
			entry.jsonFormat = false
		}
		if entry.path == "" {
			entry.path = "entry.cgi"
		}
		apis[name] = entry
	}
	if len(apis) == 0 {
		return nil, refuse
	}
	return apis, nil
}

// target is where and how a method is to be sent.
type target struct {
	entry   apiEntry
	version int
}

// lookup finds the method's API and picks the version. An API that is not in
// the list is looked for once more: the package may have been started since.
func (c *connection) lookup(ctx context.Context, m method) (target, error) {
	if m.api == apiInfo {
		return target{bootstrap(), 1}, nil
	}
	entry, found := c.entry(m.api)
	if !found {
		if err := c.discover(ctx); err != nil {
			return target{}, err
		}
		if entry, found = c.entry(m.api); !found {
			return target{}, &failure{code: codeNoAPI}
		}
	}
	version, ok := m.version(entry)
	if !ok {
		return target{}, webclient.Fault(models.ErrUnsupported,
			fmt.Sprintf("this DSM speaks %s in versions %d to %d, dirdesk in %s", m.api, entry.min, entry.max, joinInts(m.versions)), adviceUpdate)
	}
	return target{entry, version}, nil
}

func (c *connection) entry(api string) (apiEntry, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	entry, found := c.apis[api]
	return entry, found
}

// hasLDAPServer reports the other package that is easily taken for this one: its APIs
// have a name of their own (public clients).
func (c *connection) hasLDAPServer() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for name := range c.apis {
		if strings.HasPrefix(name, "SYNO.DirectoryServer.") {
			return true
		}
	}
	return false
}

// forget drops an API from the list, so that the next call looks for it again.
func (c *connection) forget(api string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.apis, api)
}

func joinInts(numbers []int) string {
	texts := make([]string, len(numbers))
	for i, n := range numbers {
		texts[i] = strconv.Itoa(n)
	}
	return strings.Join(texts, ", ")
}
