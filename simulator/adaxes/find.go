package adaxes

import (
	"net/http"
	"strings"

	"dirdesk/models"
	"dirdesk/simulator/directory"
)

// resolve finds the object that a DN, GUID or SID names and that the caller may
// see, in the domain that is served.
func (h *service) resolve(id string) (models.DN, *failure) {
	dn, found := identify(h.options.Directory, id)
	if !found || h.hidden(dn) {
		return "", noSuchObject(id)
	}
	return dn, nil
}

func identify(d *directory.Directory, id string) (dn models.DN, found bool) {
	if !strings.Contains(id, "=") {
		return d.Identify(id)
	}
	_ = d.Look(models.DN(id), func(v directory.View) { dn, found = v.DN(), true })
	return dn, found
}

// resolveAnywhere does the same in all managed domains; the further ones can be
// read only.
func (h *service) resolveAnywhere(id string) (*directory.Directory, models.DN, *failure) {
	for _, d := range h.domains() {
		if dn, found := identify(d, id); found && !h.hidden(dn) {
			return d, dn, nil
		}
	}
	return nil, "", noSuchObject(id)
}

// domains are all managed domains, the one that is served first.
func (h *service) domains() []*directory.Directory {
	return append([]*directory.Directory{h.options.Directory}, h.others...)
}

// container is resolve for what may be given by DN or GUID only.
func (h *service) container(id string) (models.DN, *failure) {
	if failed := containerID(id); failed != nil {
		return "", failed
	}
	return h.resolve(id)
}

func containerID(id string) *failure {
	switch {
	case strings.HasPrefix(strings.ToLower(id), "wkobj:"):
		return fail(http.StatusBadRequest, "This simulator has no well-known objects, as '%s'.", id)
	case strings.HasPrefix(strings.ToUpper(id), "S-1-"):
		return fail(http.StatusBadRequest, "A container is named by its DN or GUID, not '%s'.", id)
	default:
		return nil
	}
}

func (h reading) get(c *call) (answer, *failure) {
	id := c.query.Get("directoryobject")
	if id == "" {
		return answer{}, absent("directoryObject")
	}
	d, dn, failed := h.resolveAnywhere(id)
	if failed != nil {
		return answer{}, failed
	}
	var o ordered
	if d.Look(dn, func(v directory.View) { o = h.show(v, wanted(c.query.Get("properties"))) }) != nil {
		return answer{}, noSuchObject(id)
	}
	return reply(o), nil
}
