package adaxes

import "dirdesk/models"

// remove deletes one object; a container that is not empty stays.
func (h writing) remove(c *call) (answer, *failure) {
	id := c.query.Get("directoryobject")
	if id == "" {
		return answer{}, absent("directoryObject")
	}
	dn, failed := h.resolve(id)
	if failed != nil {
		return answer{}, failed
	}
	return h.operate(c, deed{dn: dn}, func() (done, error) { return done{dn: dn}, h.options.Directory.Delete(dn) })
}

func (h writing) move(c *call) (answer, *failure) {
	var r reader
	body := r.object(c.body, "")
	id, target := body.required("directoryObject"), body.required("targetContainer")
	if failed := r.failure(); failed != nil {
		return answer{}, failed
	}
	dn, failed := h.resolve(id)
	if failed != nil {
		return answer{}, failed
	}
	container, failed := h.container(target)
	if failed != nil {
		return answer{}, failed
	}
	return h.operate(c, deed{dn: dn}, func() (done, error) {
		guid, err := h.guidOf(dn)
		if err == nil {
			err = h.options.Directory.Move(dn, container)
		}
		if err != nil {
			return done{}, err
		}
		after, _ := h.options.Directory.Identify(guid)
		return done{dn: after, same: after.Equal(dn)}, nil
	})
}

// first keeps the first n; 0 keeps all.
func first(all []models.DN, n int) []models.DN {
	if n > 0 && n < len(all) {
		return all[:n]
	}
	return all
}
