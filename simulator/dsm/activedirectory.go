package dsm

import (
	"errors"
	"strconv"
	"strings"

	"dirdesk/models"
)

// directoryInfo is SYNO.ActiveDirectory.Info.get. Its data is doubled, with
// the status beside the inner one (live).
func (h *Handler) directoryInfo(c *call) (any, *failure) {
	info, err := h.options.Directory.Info(c.request.ctx)
	if err != nil {
		return nil, directoryFailure("info", err)
	}
	controllers := make([]map[string]any, 0, len(info.Controllers))
	for _, dc := range info.Controllers {
		controllers = append(controllers, map[string]any{
			"cn": dc.Name, "dn": dc.DN, "dnshostname": dc.HostName, "roles": append([]string{}, dc.Roles...),
		})
	}
	status := info.Status
	if status == "" {
		status = statusRunning
	}
	return map[string]any{
		"data": map[string]any{
			"domainBasicInfo":   map[string]any{"realm": info.Realm, "workgroup": info.Workgroup},
			"domainControllers": controllers,
		},
		"status": status,
	}, nil
}

// defaultLimit is the number of objects that a list gives unasked (client).
const defaultLimit = 40

// list is SYNO.ActiveDirectory.Directory.list: direct children, a page at a
// time.
func (h *Handler) list(c *call) (any, *failure) {
	in := c.input()
	in.word("action", onlyAction)
	scopes := []string{onlyScope, deepScope}
	if h.options.NoSubtree {
		scopes = scopes[:1]
	}
	scope := in.word("scope", scopes...)
	request := models.ListRequest{
		Deep:   scope == deepScope,
		Base:   models.DN(in.text("basedn")),
		Offset: in.integer("offset", 0, 0),
		Limit:  max(0, in.integer("limit", defaultLimit, allObjects)),
	}
	for _, name := range in.texts("objectCategory") {
		request.Categories = append(request.Categories, models.Category(name))
	}
	if in.failure != nil {
		return nil, in.failure
	}
	page, err := h.options.Directory.List(c.request.ctx, request)
	if err != nil {
		return nil, directoryFailure("search", err)
	}
	objects := make([]object, len(page.Objects))
	for i := range page.Objects {
		objects[i] = describe(&page.Objects[i])
	}
	return map[string]any{"data": objects, "total": page.Total}, nil
}

// conflict is SYNO.ActiveDirectory.Group.conflict: is a logon name taken, by a
// user or a group? A DN is no logon name.
func (h *Handler) conflict(c *call) (any, *failure) {
	in := c.input()
	name := in.text("name")
	if in.failure != nil {
		return nil, in.failure
	}
	taken, err := h.options.Directory.Conflict(c.request.ctx, name)
	if err != nil {
		return nil, directoryFailure("search", err)
	}
	return map[string]any{"isConflict": taken}, nil
}

// directoryFailure puts an error of the directory into DSM's form; see
// guesses.go for what of it is attested. Where the error tells the LDAP code
// and the server's words, they are passed on.
func directoryFailure(operation string, err error) *failure {
	return &failure{codeDirectory, []map[string]any{detailOf(operation, err)}}
}

// updateFailure is an element of a failed User.set: the code and the beginning
// of the message are captured.
func updateFailure(err error) map[string]any {
	return map[string]any{"code": codeUpdateRecords, "msg": detailOf("updaterecords: modify", err)["msg"]}
}

// detailOf gives the code and the words of an error.
func detailOf(operation string, err error) map[string]any {
	code, words := ldapOther, "Other"
	for _, k := range errorKinds() {
		if errors.Is(err, k.kind) {
			code, words = k.code, k.words
			break
		}
	}
	var detail *models.Error
	if errors.As(err, &detail) {
		if digits, found := strings.CutPrefix(detail.Code, "LDAP "); found {
			digits, _, _ = strings.Cut(digits, " ")
			if n, err := strconv.Atoi(digits); err == nil {
				code = n
			}
		}
		if detail.Server != "" {
			words = detail.Server
		}
	}
	return map[string]any{"code": code, "msg": "ldb " + operation + ": " + words}
}
