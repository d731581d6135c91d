package adaxes

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"dirdesk/models"
)

// domain is one of those that the service manages.
type domain struct {
	dn        models.DN
	realm     string // DNS name
	workgroup string // NetBIOS name; "" when not told
}

const actionDomains = "look for the domains of"

// domains asks for all domains that the service manages and this account may see.
func (r *reader) domains(ctx context.Context) ([]domain, error) {
	found, err := r.search(ctx, domainSearch(r.options.Limit), actionDomains, r.base.Host)
	if err != nil {
		return nil, err
	}
	var all []domain
	for _, e := range found {
		if strings.EqualFold(e.objectType, classDomain) && e.dn != "" {
			all = append(all, domainOf(e))
		}
	}
	slices.SortFunc(all, func(x, y domain) int { return strings.Compare(x.realm, y.realm) })
	return slices.CompactFunc(all, func(x, y domain) bool { return x.dn.Equal(y.dn) }), nil
}

func domainOf(e entry) domain {
	d := domain{dn: e.dn, realm: e.dn.Realm(), workgroup: workgroupOf(e)}
	if d.realm == "" {
		d.realm = strings.ToLower(e.domain)
	}
	return d
}

// chooseDomain picks the one that is to be walked: that of the options, else the
// only one.
func (r *reader) chooseDomain(ctx context.Context) (domain, error) {
	all, err := r.domains(ctx)
	if err != nil {
		return domain{}, err
	}
	names := make([]string, len(all))
	for i, d := range all {
		names[i] = d.realm
	}
	var choice error
	refuse := func(kind error, words, advice string) (domain, error) {
		return domain{}, &models.Error{Kind: models.InWords(words, kind), Action: "choose the domain of", Object: r.base.Host, Advice: advice, Err: choice}
	}
	wanted := strings.TrimSuffix(strings.TrimSpace(r.options.Domain), ".")
	if wanted == "" {
		switch len(all) {
		case 0:
			return refuse(models.ErrDenied, "this account sees no domain", "Ask for a security role in Adaxes that lets it see the directory.")
		case 1:
			return all[0], nil
		default:
			choice = severalDomains(names)
			return refuse(models.ErrInvalid, fmt.Sprintf("Adaxes manages %d domains, and none is named: %s", len(all), strings.Join(names, ", ")),
				"Name one of them: --domain "+names[0]+".")
		}
	}
	for _, d := range all {
		if strings.EqualFold(wanted, d.realm) || strings.EqualFold(wanted, d.workgroup) || models.DN(wanted).Equal(d.dn) {
			return d, nil
		}
	}
	if len(all) == 0 {
		return refuse(models.ErrNotFound, "there is no domain "+wanted+" that this account sees", "Ask for a security role in Adaxes that lets it see the directory.")
	}
	return refuse(models.ErrNotFound, "there is no domain "+wanted+"; there are "+strings.Join(names, ", "), "Name one of them.")
}

// severalDomains are those that a person can choose from: who asks them finds the
// names by the method Domains.
type severalDomains []string

// Error lists them.
func (s severalDomains) Error() string { return "the domains are " + strings.Join(s, ", ") }

// Domains are their DNS names.
func (s severalDomains) Domains() []string { return s }

// Info asks for the domain and its controllers. Which roles a controller has is
// not told, nor, by some servers, the NetBIOS name.
func (r *reader) Info(ctx context.Context) (models.DirectoryInfo, error) {
	const action = "ask about the domain"
	head := r.domain
	e, err := r.getFor(ctx, action, string(head.dn), domainProperties()...)
	if err != nil {
		return models.DirectoryInfo{}, err
	}
	info := models.DirectoryInfo{Realm: head.realm, Workgroup: workgroupOf(e), BaseDN: head.dn}
	if info.Workgroup == "" {
		info.Workgroup = head.workgroup
	}
	info.Controllers, err = r.controllers(ctx, head.dn)
	return info, err
}

// controllers are the computers of the container that Windows puts them into; an
// account that may not see it sees none.
func (r *reader) controllers(ctx context.Context, base models.DN) ([]models.DomainController, error) {
	found, err := r.search(ctx, controllerSearch(base, r.options.Limit), "look for the domain controllers of", string(base))
	if errors.Is(err, models.ErrNotFound) || errors.Is(err, models.ErrDenied) {
		r.options.Logger.Debug("adaxes: domain controllers not told", "error", err)
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var all []models.DomainController
	for _, e := range found {
		if strings.EqualFold(e.objectType, classComputer) {
			all = append(all, models.DomainController{Name: nameOf(e), DN: e.dn, HostName: e.text("dNSHostName")})
		}
	}
	slices.SortFunc(all, func(x, y models.DomainController) int { return strings.Compare(x.Name, y.Name) })
	return all, nil
}
