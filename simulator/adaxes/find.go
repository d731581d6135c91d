package adaxes

import (
	"net/http"
	"slices"
	"strings"

	"dirdesk/models"
	"dirdesk/simulator/directory"
)

// resolve finds the object that a DN, GUID or SID names and that the caller may
// see.
func (h *Handler) resolve(id string) (models.DN, *failure) {
	d := h.options.Directory
	dn, found := models.DN(""), false
	if strings.Contains(id, "=") {
		_ = d.Look(models.DN(id), func(v directory.View) { dn, found = v.DN(), true })
	} else {
		dn, found = d.Identify(id)
	}
	if !found || h.hidden(dn) {
		return "", noSuchObject(id)
	}
	return dn, nil
}

// container is the same for what may be given by DN or GUID only.
func (h *Handler) container(id string) (models.DN, *failure) {
	if strings.HasPrefix(strings.ToLower(id), "wkobj:") {
		return "", fail(http.StatusBadRequest, "This simulator has no well-known objects, as '%s'.", id)
	}
	if strings.HasPrefix(strings.ToUpper(id), "S-1-") {
		return "", fail(http.StatusBadRequest, "A container is named by its DN or GUID, not '%s'.", id)
	}
	return h.resolve(id)
}

func (h *Handler) get(c *call) (answer, *failure) {
	id := c.query.Get("directoryobject")
	if id == "" {
		return answer{}, badMember("directoryObject", "The directoryObject field is required.")
	}
	if o, ok := h.otherDomain(id); ok {
		return reply(o), nil
	}
	dn, failed := h.resolve(id)
	if failed != nil {
		return answer{}, failed
	}
	var o ordered
	err := h.options.Directory.Look(dn, func(v directory.View) { o = h.show(v, wanted(c.query.Get("properties"))) })
	if err != nil {
		return answer{}, noSuchObject(id)
	}
	return reply(o), nil
}

// otherDomain is one of the further managed domains, by its DN.
func (h *Handler) otherDomain(id string) (ordered, bool) {
	i := slices.IndexFunc(h.options.OtherDomains, func(realm string) bool {
		return models.DNFromRealm(realm).Equal(models.DN(id)) || strings.EqualFold(id, otherGUID(realm))
	})
	if i < 0 {
		return nil, false
	}
	return showOther(h.options.OtherDomains[i]), true
}

func showOther(realm string) ordered {
	dn := models.DNFromRealm(realm)
	return ordered{
		{"guid", otherGUID(realm)}, {"dn", string(dn)}, {"displayName", realm}, {"objectType", "domainDNS"},
		{"objectTypeCode", objectTypeCode("domainDNS")}, {"domainName", realm}, {"directoryType", directoryTypeAD},
		{"properties", ordered{}},
	}
}
