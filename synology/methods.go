package synology

import "slices"

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
