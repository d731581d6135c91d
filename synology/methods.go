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
	write     bool // changes something: see outcome.go
	settled   bool // not to be sent again with another session
	quoted    bool // send the method's name as JSON text, see listObjects
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
	methodDiscover = method{
		api: apiInfo, name: "query", versions: []int{1}, words: "connect to", anonymous: true,
	}
	// methodConnect stands for Open in errors; it is methodList otherwise.
	methodConnect = method{
		api: apiADDirectory, name: "list", versions: []int{3}, words: "connect to",
	}
	methodLogin = method{
		api: apiAuth, name: "login", versions: []int{7, 6, 5, 4, 3}, words: "sign in as", anonymous: true, once: true,
	}
	methodLogout = method{
		api: apiAuth, name: "logout", versions: []int{7, 6, 5, 4, 3}, words: "sign out of",
	}
	methodInfo = method{
		api: apiADInfo, name: "get", versions: []int{3}, words: "read the domain's data on",
	}
	methodList = method{
		api: apiADDirectory, name: "list", versions: []int{3}, words: "list",
	}
	methodConflict = method{
		api: apiADGroup, name: "conflict", versions: []int{1}, words: "look up the name",
	}
	methodDomainStatus = method{
		api: apiDomain, name: "update_status", versions: []int{1}, words: "ask after the domain update",
	}
	methodCompound = method{
		api: apiCompound, name: "request", versions: []int{1}, words: "run a compound request on",
	}
	methodPolling = method{
		api: apiADPolling, name: "get", versions: []int{1}, words: "ask after the task",
	}
)

// The methods that change something, in the versions of captured requests of a
// public client (docs/dsm.md section 4). Some stand alone,
// some in a compound request, as that client has them.
var (
	// methodChange is a compound request that holds a change.
	methodChange = method{
		api: apiCompound, name: "request", versions: []int{1}, words: "run a request on", write: true,
	}
	methodCreateUser = method{
		api: apiADUser, name: "create", versions: []int{1}, words: "create user", write: true,
	}
	methodSetUser = method{
		api: apiADUser, name: "set", versions: []int{2}, words: "edit", write: true,
	}
	methodSetPassword = method{
		api: apiADUser, name: "set", versions: []int{2}, words: "set the password of", write: true,
	}
	methodCreateGroup = method{
		api: apiADGroup, name: "create", versions: []int{1}, words: "create group", write: true,
	}
	methodAddMembers = method{
		api: apiADMember, name: "add", versions: []int{1}, words: "add members to", write: true,
	}
	methodDelete = method{
		api: apiADDirectory, name: "delete", versions: []int{2}, words: "delete", write: true,
	}
	methodResetMail = method{
		api: apiForgotPwd, name: "send", versions: []int{1}, words: "mail a reset link to", write: true,
	}
	methodDomainStart = method{
		api: apiDomain, name: "update_start", versions: []int{1}, words: "start the domain update on", write: true,
	}
)

// version picks the best version that both sides speak; ok is false when there
// is none.
func (m method) version(entry apiEntry) (version int, ok bool) {
	i := slices.IndexFunc(m.versions, func(v int) bool { return v >= entry.min && v <= entry.max })
	if i < 0 {
		return 0, false
	}
	return m.versions[i], true
}
