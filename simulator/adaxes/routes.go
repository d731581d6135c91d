package adaxes

import (
	"net/http"
	"strings"
)

type routeKey struct{ verb, path string }

// route is one call of the API.
type route struct {
	name    string // as fault specs name it
	open    bool   // needs no token
	hasBody bool
	do      func(*call) (answer, *failure)
}

// table is every call that is known, by verb and path below /api/ in lower case.
func (h *Handler) table() map[routeKey]route {
	const objects = "directoryobjects"
	in, reads, writes := signing{h.service}, reading{h.service}, writing{h.service}
	t := map[routeKey]route{
		{http.MethodPost, "authsessions/create"}: {name: "login", open: true, hasBody: true, do: in.createSession},
		{http.MethodDelete, "authsessions"}:      {name: "logout", open: true, do: in.endSession},
		{http.MethodPost, "auth"}:                {name: "token", open: true, hasBody: true, do: in.issueToken},
		{http.MethodPatch, "auth"}:               {name: "renew", open: true, hasBody: true, do: in.renewToken},
		{http.MethodDelete, "auth"}:              {name: "destroy", do: in.destroyToken},

		{http.MethodGet, objects}:                             {name: "get", do: reads.get},
		{http.MethodPost, objects + "/search"}:                {name: "search", hasBody: true, do: reads.search},
		{http.MethodGet, objects + "/search"}:                 {name: "search", do: reads.search2021},
		{http.MethodPost, objects}:                            {name: "create", hasBody: true, do: writes.create},
		{http.MethodPatch, objects}:                           {name: "modify", hasBody: true, do: writes.modify},
		{http.MethodDelete, objects}:                          {name: "delete", do: writes.remove},
		{http.MethodPost, objects + "/move"}:                  {name: "move", hasBody: true, do: writes.move},
		{http.MethodPost, objects + "/account/enable"}:        {name: "enable", hasBody: true, do: writes.enable},
		{http.MethodPost, objects + "/account/disable"}:       {name: "disable", hasBody: true, do: writes.disable},
		{http.MethodPost, objects + "/account/unlock"}:        {name: "unlock", hasBody: true, do: writes.unlock},
		{http.MethodPost, objects + "/resetpassword"}:         {name: "resetPassword", hasBody: true, do: writes.resetPassword},
		{http.MethodGet, objects + "/groupmembers"}:           {name: "members", do: reads.members},
		{http.MethodPost, objects + "/groupmembers"}:          {name: "addMember", hasBody: true, do: writes.addMember},
		{http.MethodDelete, objects + "/groupmembers"}:        {name: "removeMember", do: writes.removeMember},
		{http.MethodGet, objects + "/o365account/properties"}: {name: "licences", do: reads.licenceProperties},
		{http.MethodGet, runningPath + "/" + anyOperation}:    {name: "operation", do: reads.operation},
		{http.MethodGet, objects + "/businessunitmembers"}:    {name: "unitMembers", do: reads.noBusinessUnits},
		{http.MethodPost, objects + "/customcommand/execute"}: {name: "command", hasBody: true, do: writes.command},
	}
	if h.options.Before2023 {
		delete(t, routeKey{http.MethodPost, objects + "/search"})
	}
	if h.options.Member == memberM365 {
		delete(t, routeKey{http.MethodGet, objects + "/o365account/properties"})
	}
	return t
}

const (
	runningPath  = "runningoperations"
	anyOperation = "*"
)

// find looks a request up: its verb, and its path below the virtual directory.
func (h *Handler) find(in *http.Request) (route, *failure) {
	path, under := strings.CutPrefix(strings.ToLower(in.URL.Path), strings.ToLower(h.options.Mount)+"/api/")
	if !under {
		return route{}, redirect(signInPage(h.options.Mount))
	}
	path = strings.TrimSuffix(path, "/")
	if id, ok := strings.CutPrefix(path, runningPath+"/"); ok && !strings.Contains(id, "/") {
		path = runningPath + "/" + anyOperation
	}
	if r, ok := h.routes[routeKey{in.Method, path}]; ok {
		return r, nil
	}
	for key := range h.routes {
		if key.path == path {
			return route{}, fail(http.StatusMethodNotAllowed, "The requested resource does not support http method '%s'.", in.Method)
		}
	}
	return route{}, fail(http.StatusNotFound, "No resource was found that matches the request.")
}

func (h reading) noBusinessUnits(*call) (answer, *failure) {
	return answer{}, fail(http.StatusNotFound, "This simulator has no business units.")
}
