package dsm

// api is what SYNO.API.Info tells of an API.
type api struct {
	name            string
	lowest, highest int
	json            bool   // requestFormat is JSON
	cgi             string // the old entry point that serves it beside entry.cgi
}

// access is what a method asks of its caller.
type access int

const (
	accessOpen  access = iota // no session needed
	accessUser                // a session of anybody
	accessAdmin               // a session of an administrator
)

// method is one callable method. The same name may be bound to some versions
// of its API only.
type method struct {
	api, name       string
	lowest, highest int
	access          access
	run             func(*call) (any, *failure)
}

// apis are the APIs that a NAS with Directory Server has and that concern us.
// Versions are from public dumps of DSM 7, those of SYNO.ActiveDirectory.*
// the ones that the Python library uses; their true maxima are not known.
func apis() []api {
	return []api{
		{name: "SYNO.API.Info", lowest: 1, highest: 1, cgi: "query.cgi"},
		{name: "SYNO.API.Auth", lowest: 1, highest: 7, cgi: "auth.cgi"},
		{name: "SYNO.API.Auth.UIConfig", lowest: 1, highest: 1, json: true},
		{name: "SYNO.API.Encryption", lowest: 1, highest: 1, json: true, cgi: "encryption.cgi"},
		{name: "SYNO.Entry.Request", lowest: 1, highest: 2, json: true},
		{name: "SYNO.Entry.Request.Polling", lowest: 1, highest: 1, json: true},
		{name: "SYNO.Auth.ForgotPwd", lowest: 1, highest: 1, json: true},
		{name: "SYNO.Core.Directory.Domain", lowest: 1, highest: 2, json: true},
		{name: "SYNO.Core.Directory.Domain.ADHealthCheck", lowest: 1, highest: 1, json: true},
		{name: "SYNO.Core.Directory.Domain.Conf", lowest: 1, highest: 2, json: true},
		{name: "SYNO.Core.Directory.Domain.Join", lowest: 1, highest: 1, json: true},
		{name: "SYNO.Core.Directory.Domain.Schedule", lowest: 1, highest: 1, json: true},
		{name: "SYNO.Core.Directory.Domain.Trust", lowest: 1, highest: 1, json: true},
		{name: "SYNO.ActiveDirectory.Info", lowest: 1, highest: 3, json: true},
		{name: "SYNO.ActiveDirectory.Directory", lowest: 1, highest: 3, json: true},
		{name: "SYNO.ActiveDirectory.User", lowest: 1, highest: 2, json: true},
		{name: "SYNO.ActiveDirectory.Group", lowest: 1, highest: 1, json: true},
		{name: "SYNO.ActiveDirectory.Group.Member", lowest: 1, highest: 1, json: true},
		{name: "SYNO.ActiveDirectory.Polling", lowest: 1, highest: 1, json: true},
	}
}

// methods is the one table of everything that can be called. What is not in it
// is answered with 103, "method does not exist".
func (h *Handler) methods() []method {
	return []method{
		{"SYNO.API.Info", "query", 1, 1, accessOpen, h.query},
		{"SYNO.API.Auth", "login", 3, 7, accessOpen, h.login},
		{"SYNO.API.Auth", "logout", 1, 7, accessOpen, h.logout},
		{"SYNO.API.Auth", "token", tokenVersion, 7, accessOpen, h.token},
		{"SYNO.API.Auth.UIConfig", "get", 1, 1, accessOpen, h.uiConfig},
		{"SYNO.API.Encryption", "getinfo", 1, 1, accessOpen, h.encryptionInfo},
		{"SYNO.Entry.Request", "request", 1, 2, accessOpen, h.compound},
		{"SYNO.ActiveDirectory.Info", "get", 1, 3, accessAdmin, h.directoryInfo},
		{"SYNO.ActiveDirectory.Directory", "list", 1, 3, accessAdmin, h.list},
		{"SYNO.ActiveDirectory.Directory", "delete", deleteVersion, 3, accessAdmin, h.deleteObjects},
		{"SYNO.ActiveDirectory.User", "create", 1, 2, accessAdmin, h.createUser},
		{"SYNO.ActiveDirectory.User", "set", setUserVersion, 2, accessAdmin, h.setUsers},
		{"SYNO.ActiveDirectory.Group", "conflict", 1, 1, accessAdmin, h.conflict},
		{"SYNO.ActiveDirectory.Group", "create", 1, 1, accessAdmin, h.createGroup},
		{"SYNO.ActiveDirectory.Group.Member", "add", 1, 1, accessAdmin, h.addMembers},
		{"SYNO.ActiveDirectory.Polling", "get", 1, 1, accessAdmin, h.poll},
		{"SYNO.Auth.ForgotPwd", "send", 1, 1, resetMailAccess, h.sendResetMail},
		{"SYNO.Core.Directory.Domain", "update_start", 1, 1, accessAdmin, h.updateStart},
		{"SYNO.Core.Directory.Domain", "update_status", 1, 1, accessAdmin, h.updateStatus},
		{"SYNO.Core.Directory.Domain", "set", 1, 1, accessAdmin, h.setDomain},
		{"SYNO.Core.Directory.Domain", "get_domain_list", 1, 2, accessAdmin, h.domainList},
		{"SYNO.Core.Directory.Domain.ADHealthCheck", "start", 1, 1, accessAdmin, h.healthCheck},
		{"SYNO.Core.Directory.Domain.ADHealthCheck", "status", 1, 1, accessAdmin, h.healthCheck},
		{"SYNO.Core.Directory.Domain.ADHealthCheck", "stop", 1, 1, accessAdmin, h.healthCheck},
		{"SYNO.Entry.Request.Polling", "list", 1, 1, accessUser, h.pollingList},
		{"SYNO.Entry.Request.Polling", "status", 1, 1, accessUser, h.pollingStatus},
	}
}
