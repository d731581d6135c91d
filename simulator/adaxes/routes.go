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
	t := map[routeKey]route{
		{http.MethodPost, "authsessions/create"}: {name: "login", open: true, hasBody: true, do: h.createSession},
		{http.MethodDelete, "authsessions"}:      {name: "logout", do: h.endSession},
		{http.MethodPost, "auth"}:                {name: "token", open: true, hasBody: true, do: h.issueToken},
		{http.MethodPatch, "auth"}:               {name: "renew", open: true, hasBody: true, do: h.renewToken},
		{http.MethodDelete, "auth"}:              {name: "destroy", do: h.destroyToken},

		{http.MethodGet, objects}:                             {name: "get", do: h.get},
		{http.MethodPost, objects + "/search"}:                {name: "search", hasBody: true, do: h.search},
		{http.MethodGet, objects + "/search"}:                 {name: "search", do: h.search2021},
		{http.MethodPost, objects}:                            {name: "create", hasBody: true, do: h.create},
		{http.MethodPatch, objects}:                           {name: "modify", hasBody: true, do: h.modify},
		{http.MethodDelete, objects}:                          {name: "delete", do: h.remove},
		{http.MethodPost, objects + "/move"}:                  {name: "move", hasBody: true, do: h.move},
		{http.MethodPost, objects + "/account/enable"}:        {name: "enable", hasBody: true, do: h.enable},
		{http.MethodPost, objects + "/account/disable"}:       {name: "disable", hasBody: true, do: h.disable},
		{http.MethodPost, objects + "/account/unlock"}:        {name: "unlock", hasBody: true, do: h.unlock},
		{http.MethodPost, objects + "/resetpassword"}:         {name: "resetPassword", hasBody: true, do: h.resetPassword},
		{http.MethodGet, objects + "/groupmembers"}:           {name: "members", do: h.members},
		{http.MethodPost, objects + "/groupmembers"}:          {name: "addMember", hasBody: true, do: h.addMember},
		{http.MethodDelete, objects + "/groupmembers"}:        {name: "removeMember", do: h.removeMember},
		{http.MethodGet, objects + "/o365account/properties"}: {name: "licences", do: h.licenceProperties},
		{http.MethodGet, runningPath + "/" + anyOperation}:    {name: "operation", do: h.operation},
		{http.MethodGet, objects + "/businessunitmembers"}:    {name: "unitMembers", do: h.noBusinessUnits},
		{http.MethodPost, objects + "/customcommand/execute"}: {name: "command", hasBody: true, do: h.noCustomCommands},
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
		return route{}, fail(http.StatusNotFound, "No resource was found that matches the request.")
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

func (h *Handler) noBusinessUnits(*call) (answer, *failure) {
	return answer{}, fail(http.StatusNotFound, "This simulator has no business units.")
}

func (h *Handler) noCustomCommands(*call) (answer, *failure) {
	return answer{}, fail(http.StatusNotFound, "This simulator has no custom commands.")
}
