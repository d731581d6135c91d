package adaxes

import (
	"errors"
	"strconv"
	"strings"

	"dirdesk/models"
	"dirdesk/simulator/directory"
)

// creatable are the types that can be made, with the type of their RDN.
func creatable(objectType string) (class, rdn string, ok bool) {
	switch strings.ToLower(objectType) {
	case "organizationalunit":
		return "organizationalUnit", "OU", true
	case "printqueue":
		return "printQueue", "CN", true
	case "container", "user", "contact", "group", "computer", "volume":
		return strings.ToLower(objectType), "CN", true
	default:
		return "", "", false
	}
}

func (h writing) create(c *call) (answer, *failure) {
	var r reader
	body := r.object(c.body, "")
	id, word := body.required("createIn"), body.required("objectType")
	class, rdn, known := creatable(word)
	if !known && word != "" {
		r.complain("objectType", "The object type '"+word+"' is not known.")
	}
	req := h.request(&r, body)
	if failed := r.failure(); failed != nil {
		return answer{}, failed
	}
	container, failed := h.container(id)
	if failed == nil {
		failed = h.fittingClass(class, &req)
	}
	if failed != nil {
		return answer{}, failed
	}
	made, err := newObject(class, rdn, req)
	if err != nil {
		return h.operate(c, deed{dn: container, properties: req.names()}, func() (done, error) { return done{}, err })
	}
	dn := container.Child(rdn, made.name)
	return h.operate(c, deed{dn: dn, properties: req.names()}, func() (done, error) { return h.make(dn, class, made, req) })
}

// newcomer is what an object is made of.
type newcomer struct {
	name       string
	attributes map[string][]string
	password   *models.Secret
	bits       []string // of userAccountControl, as given
}

func newObject(class, rdn string, req request) (newcomer, error) {
	made := newcomer{attributes: map[string][]string{}}
	for _, p := range req.properties {
		name := strings.ToLower(p.name)
		switch {
		case len(p.values) == 0, isCustom(p.name):
			continue
		case name == "name" || name == strings.ToLower(rdn):
			made.name = p.values[0]
			continue
		case name == "unicodepwd":
			secret := models.NewSecret(p.values[0])
			made.password = &secret
			continue
		case name == "useraccountcontrol" && p.kind == models.Integer:
			made.bits = p.values
			continue
		}
		a, known := directory.Describe(p.name)
		switch {
		case !known:
			return made, refuse(models.ErrInvalid, "The property '%s' is not in the schema.", p.name)
		case !typeFits(p.kind, a.Type):
			return made, refuse(models.ErrInvalid, "The property '%s' is of the type %s, not %s.", a.Name, a.Type.Name(), p.kind.Name())
		}
		made.attributes[a.Name] = append(made.attributes[a.Name], p.values...)
	}
	if made.name == "" {
		return made, refuse(models.ErrInvalid, "The property '%s' is required.", strings.ToLower(rdn))
	}
	if class == "computer" && made.attributes["sAMAccountName"] == nil {
		made.attributes["sAMAccountName"] = []string{computerLogon(made.name)}
	}
	if req.photo != nil && *req.photo != "" {
		made.attributes["thumbnailPhoto"] = []string{*req.photo}
	}
	return made, nil
}

// make adds the object. A password that the policy does not allow leaves an
// account that is there, disabled and without one, and warnings (documented).
func (h writing) make(dn models.DN, class string, made newcomer, req request) (done, error) {
	d := h.options.Directory
	mustChange := false
	if len(made.bits) == 1 {
		bits, _ := models.Bits(made.bits[0])
		mustChange = bits&models.MustChangeFlag != 0
		made.attributes["userAccountControl"] = []string{strconv.Itoa(int(newAccountBits(bits, made.password != nil)))}
	} else if made.password != nil {
		made.attributes["userAccountControl"] = []string{strconv.Itoa(int(newAccountBits(0, true)))}
	}
	if mustChange {
		made.attributes["pwdLastSet"] = []string{"0"}
	}
	var warnings []message
	var err error
	if made.password == nil {
		err = d.Add(dn, class, made.attributes)
	} else if err = d.AddAccount(dn, class, made.attributes, *made.password); weakPassword(err) {
		delete(made.attributes, "userAccountControl")
		delete(made.attributes, "pwdLastSet")
		if err = d.Add(dn, class, made.attributes); err == nil {
			warnings = weakPasswordWarnings()
		}
	}
	if err != nil {
		return done{}, err
	}
	guid, err := h.guidOf(dn)
	if err != nil {
		return done{}, err
	}
	h.custom.apply(guid, req.custom())
	if len(req.licences) > 0 {
		if err == nil {
			err = h.licences.check(dn, d, req.licences)
		}
		if err != nil {
			warnings = append(warnings, say(models.MessageWarning, "", failureWords(err)))
		} else {
			h.licences.apply(guid, d, req.licences)
		}
	}
	_ = d.Look(dn, func(v directory.View) { dn = v.DN() }) // as the directory writes it
	return done{dn: dn, warnings: warnings}, nil
}

func weakPassword(err error) bool {
	var e *models.Error
	return errors.As(err, &e) && strings.Contains(e.Server, "check_password_restrictions")
}
