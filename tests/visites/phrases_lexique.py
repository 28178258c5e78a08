"""Texts as a doctor of the city types them: plain restrictions, and sentences that say too much.

Written before the lexicon was held against them; the clinical word of the second is between « ».
"""

ORDINAIRES = """
Port de charges limité à 10 kg
Port de charges limité à 5 kg, deux fois par heure
Pas de port de charges de plus de 15 kg pendant six mois
Port de charges à deux au-delà de 12 kg
Utiliser un chariot ou un diable pour toute charge
Aide à la manutention par un collègue
Pas de manutention manuelle répétée
Pas de travail en hauteur
Pas de travail sur échelle ni escabeau
Pas de travail sur toiture ni nacelle
Pas de station debout prolongée
Station debout limitée à deux heures par jour
Alterner position assise et debout toutes les 45 minutes
Poste assis
Poste assis avec repose-pieds
Siège assis-debout à la caisse
Siège ergonomique avec soutien lombaire réglable
Fauteuil à dossier haut et appui lombaire
Pas de conduite
Pas de conduite de poids lourd ni d’engin
Conduite limitée à 30 minutes par trajet
Pas de conduite de nuit
Conduite autorisée en boîte automatique seulement
Horaires de jour
Horaires de jour uniquement, pas d’astreinte
Pas de travail de nuit
Pas d’horaires coupés
Fin de service avant 15 heures
Temps partiel thérapeutique à 50 % pendant trois mois
Mi-temps thérapeutique, matin seulement
Reprise progressive sur quatre semaines
Pause de dix minutes toutes les deux heures
Deux jours de télétravail par semaine
Télétravail deux jours par semaine, le mardi et le jeudi
Bras au-dessus des épaules à éviter
Pas de travail les bras levés au-dessus des épaules
Pas de mouvements répétés du bras droit
Éviter les gestes répétitifs du poignet gauche
Pas d’usage d’outils vibrants de la main droite
Travail d’une seule main, la gauche
Pas de travail à genoux ni accroupi
Éviter les flexions répétées du tronc
Pas de torsion du dos avec une charge
Éviter la marche sur sol irrégulier
Limiter la montée des escaliers à deux étages
Bureau au rez-de-chaussée
Bureau proche de l’entrée et de l’ascenseur
Place de stationnement près du bâtiment
Accès facile aux sanitaires
Accès à un point d’eau à tout moment
Local climatisé
Pas de travail en plein soleil entre 10 h et 15 h
Pas d’exposition au soleil ni à la chaleur
Chapeau, manches longues et crème solaire fournis
Éviter la chaleur, eau fraîche à disposition
Pas d’exposition au bruit au-delà de 80 dB
Port de protections auditives individuelles
Casque antibruit obligatoire
Bouchons d’oreilles moulés
Pas d’exposition aux vibrations
Pas de débroussailleuse plus d’une heure par jour
Pas de pulvérisateur dorsal
Souffleur dorsal interdit
Pas d’exposition aux solvants
Pas de contact avec le ciment frais
Gants nitrile, pas de latex
Gants et crème de protection de la peau
Éviter les produits irritants pour la peau et les yeux
Lunettes de protection adaptées à la vue
Pas d’exposition aux agents cancérogènes
Pas d’exposition à l’amiante
Pas d’exposition aux poussières de bois
Masque respiratoire à cartouche fourni
Pas de port d’un appareil respiratoire isolant
Protection respiratoire pour tout travail poussiéreux
Pas d’usage de phytosanitaires
Pas de travail dans les égouts ni les fosses
Pas de travail en espace confiné
Pas de travail isolé
Travail en binôme
Travail en binôme hors de l’enceinte du dépôt
Pas de garde seul la nuit
Pas de contact avec le public
Accueil du public limité à la matinée
Pas d’intervention en situation de conflit
Pas de port d’arme
Pas de maintien de l’ordre ni d’interpellation
Pas de course ni de saut
Pas de natation ni de surveillance de bassin
Pas de travail près d’un plan d’eau
Pas de plongée
Pas de travail sous tension
Pas de travail sur machine dangereuse
Pas d’usage de tronçonneuse
Écran unique de 24 pouces, hauteur réglable
Souris verticale
Souris verticale et clavier compact
Second écran et lampe de bureau
Logiciel d’agrandissement de l’écran
Casque téléphonique
Micro-casque pour le standard
Usage de la voix limité à deux heures de suite
Amplificateur de voix pour l’animation
Bureau réglable en hauteur
Table réglable, plan de travail à 95 cm
Véhicule avec siège réglable
Chaussures de sécurité légères
Chaussures de sécurité souples à semelle amortissante
Pas de port prolongé des bottes
Tenue ample, matières naturelles
Pas de nettoyage des vitres en hauteur
Balai à manche télescopique
Seau à roulettes et presse à pédale
Lave-linge surélevé
Pas de ménage des sols à la monobrosse
Affecter à un secteur plat
Changement de poste au sein de la direction
Rester au sein du même service
Affectation sur un seul site
Changement d’affectation à étudier avec le service
Poste sans déplacement hors de Nouméa
Pas de déplacement en avion
Pas de mission de plus d’une journée
Trajet domicile travail de moins de 30 minutes souhaité
Étude de poste à programmer avec le préventeur
Aménagement matériel du poste avant la reprise
Formation aux gestes et postures
Prévoir un chariot
Prévoir un temps d’adaptation de deux semaines
Charge de travail à répartir avec l’équipe
Éviter les interruptions, bureau calme
Consignes écrites
Consignes écrites et tâches une à une
Horaires fixes
Éviter les risques psychosociaux du guichet
Pas de tâche demandant une vision des couleurs
Pas de tâche de précision au-delà de deux heures
Éclairage d’appoint sans reflet
Pas d’effort physique intense
Effort physique modéré, marche possible
Pas d’effort de poussée ni de traction
Travail à l’air comprimé interdit
Pas de travail au cœur de la ville aux heures chaudes
Merci de me recontacter si le poste ne peut être aménagé
À revoir dans trois mois avec le responsable
Restrictions valables jusqu’à la prochaine visite
L’agent peut conduire son véhicule de service
Peut reprendre à temps complet
Tests psychotechniques à renouveler pour la conduite d’engins
Vaccination à jour exigée pour ce poste
Équipe de jour, poste fixe à l’atelier
Pas de montage d’estrades ni de barrières
Ne pas mobiliser en cas d’alerte de dépression tropicale
Éviter la position tête penchée en avant
Ne pas lever le bras gauche au-dessus de la tête
Appui pour l’avant-bras au poste informatique
Pas de serrage fort des doigts
Pas d’appui prolongé sur les coudes
Mission à l’hôpital de ville le matin
Travaux sur le chantier de l’hôpital, sans port de charges
Poser des chevilles de fixation au plafond : à éviter
Peut scanner des documents, pas de classement en hauteur
Livraison d’un scanner de plans : à deux
Opération de voirie de nuit : non
Transplantation des arbres : pas de bêche
Gel hydro-alcoolique à disposition
Dégraissant à l’alcool isopropylique : à éviter
Courrier au greffe du tribunal une fois par semaine
Formation à la prévention des TMS
Nacelle opérée à deux
Contrôle d’alcoolémie possible avant la prise de poste
Engin opéré par un collègue
""".strip().splitlines()

CLINIQUES = """
Souffre de « lombalgie » chronique
« Lombalgies » depuis trois ans
« lombo-sciatique » droite
« Hernie discale » L4-L5
Suites de « hernies discales »
Port de charges limité (« hernie »)
« Sciatique » invalidante
« Arthrose » du genou
Douleurs d’« arthrite »
« Coxarthrose » bilatérale
« Gonarthrose »
« Tendinite » de l’épaule
« Tendinopathie » du poignet
Rupture de la « coiffe des rotateurs »
Syndrome du « canal carpien »
« Épicondylite » droite
« Capsulite » rétractile
« Scoliose » sévère
« Spondylarthrite » ankylosante
« Fibromyalgie » reconnue
« Polyarthrite » rhumatoïde
« Ostéoporose »
« Entorse » de la cheville mal consolidée
« Fracture » du poignet en mars
« Fractures » multiples
« amputation » de deux doigts
Doigt « amputé »
« Prothèse » de hanche
Porteur d’une « prothèse » totale de genou
« Opéré du » genou en juin
« opérée » en février
Intervention « chirurgicale » prévue
« Chirurgie » du dos
« Rééducation » en cours
Séances de « kinésithérapie »
Voit le « kiné » deux fois par semaine
« Infiltration » prévue
Porte un « corset »
Porte une « attelle » au poignet
Marche avec des « béquilles »
« Diabète » mal équilibré
Agent « diabétique »
Risque d’« hypoglycémie »
Sous « insuline »
Injection d’« insuline » au travail
« Hypertension » artérielle
Agent « hypertendu »
« Infarctus » en 2024
Insuffisance « cardiaque »
Suivi en « cardiologie »
Troubles du rythme, « arythmie »
Porte un « pacemaker »
Pose d’un « stent »
« Pontage » l’an dernier
Suites d’« AVC »
« Accident vasculaire » cérébral
« Phlébite » récente
Sous « anticoagulants »
« Embolie » pulmonaire
« Asthme » professionnel
Agent « asthmatique »
« Bronchite » chronique
« BPCO »
Maladie du « poumon »
« Apnée » du sommeil
« Tuberculose » traitée
« Pneumonie » récente
« Allergie » au latex
Agent « allergique » aux poussières
« Eczéma » des mains
« Psoriasis » étendu
« Urticaire »
« Épilepsie » stabilisée
Agent « épileptique », pas de conduite
Crises « d’angoisse »
« Migraines » invalidantes
« Vertiges » fréquents
« Malaises » répétés
« Perte de connaissance » au volant
« Sclérose en plaques »
Maladie de « Parkinson »
« Parkinson » débutant
« Dépression » sévère
État « dépressif »
Agente « dépressive »
Syndrome « anxio-dépressif »
Trouble « anxieux »
« Anxiété » généralisée
« Burn-out » en janvier
« Burn out » reconnu
« Épuisement professionnel »
Trouble « bipolaire »
« Schizophrénie »
Tentative de « suicide »
Idées « suicidaires »
« Stress post-traumatique »
Suivi « psychiatrique »
Voit un « psychiatre »
Suivi par une « psychologue »
« Psychothérapie » en cours
« Phobie » des hauteurs
« Insomnie » chronique
« Alcoolisme »
Problème d’« addiction »
Agent « alcoolique » en rechute
Cure de « désintoxication »
« Sevrage » en cours
« Toxicomanie »
Consommation de « cannabis »
« Cancer » du sein
« Cancers » multiples
« chimiothérapie » jusqu’en mai
« Radiothérapie » tous les jours
« Tumeur » bénigne
« Leucémie » en rémission
En « rémission »
« Métastases »
« Lymphome »
« Mélanome » opéré
Maladie du « foie »
« Cirrhose »
« Hépatite » B
« Gastrite »
« Ulcère » de l’estomac
« Maladie de » Crohn
« Crohn »
« Rectocolite »
Insuffisance « rénale »
« Dialyse » trois fois par semaine
« Calculs rénaux »
« Hémorroïdes »
« Incontinence »
« Grossesse » de six mois
Agente « enceinte » de cinq mois
« Fausse couche »
« Endométriose »
« Ménopause »
« VIH »
« Séropositif »
« Leptospirose » contractée en mars
Suites de la « dengue »
« Covid » long
« Surdité » bilatérale
Agent « sourd » d’une oreille
« Acouphènes »
Porte un « appareil auditif »
« Glaucome »
« Cataracte » à opérer
« Rétinopathie »
« Daltonien »
Agent « malvoyant »
« Obésité »
« Hypothyroïdie »
« Levothyrox »
« Anémie » sévère
« Drépanocytose »
« Doliprane » au besoin
Prend du « Tramadol »
Sous « morphine »
Prend du « Lexomil » le matin
« Xanax » le soir
Sous « antidépresseurs »
Sous « anti-dépresseur »
Prend des « somnifères »
« Seroplex » depuis un an
Sous « Lyrica »
« Dépakine » à heures fixes
Sous « Subutex »
Sous « corticoïdes »
« Cortisone » tous les jours
Prend un « médicament » qui fait dormir
« médicaments » pris à midi
« Sous traitement » lourd
Sous « anti-inflammatoires »
Sous « antibiotiques »
« Ventoline » à portée de main
« Hospitalisé » en mars
« Hospitalisation » prévue
« IRM » du rachis à venir
« Biopsie » faite
« Handicap » reconnu
« RQTH » en cours
« Invalidité » de 40 %
« Séquelles » d’accident
« Douleurs » au dos
« Convalescence » jusqu’en juin
« Pathologie » chronique
« Maladie » de longue durée
« Symptômes » persistants
Fragilité du « rachis »
Tassement de deux « vertèbres »
Douleur « cervicale »
Fragilité « lombaire »
« Cœur » fragile
Un seul « rein »
« Troubles de la mémoire »
Sous « chimio » jusqu’en mars
« Genou opéré » en mai
Suite d’« opération du genou »
Consomme de l’« alcool »
Problème d’« alcoolisme »
« Cheville cassée » au foot
Lésion « L5-S1 »
Attend « un scanner »
En « ALD » depuis juin
« TMS » de l’épaule
« Ablation » récente
« Greffe » en attente
« Transplantation d’organe » prévue
« Dos fragile »
A « mal au dos »
« Greffé » du rein
""".strip().splitlines()
